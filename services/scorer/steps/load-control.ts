import { EngineError } from '../../core/errors.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { CustomerCache } from '../customer-cache.ts';
import type { PartitionControls } from '../partition-controls.ts';
import { readControl } from '../read-control.ts';
import { rebuildFromLog } from '../rebuild-from-log.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * The control state of the chunk's partition, checked against the log: a watermark that lies before the chunk means
 * that the store forgot what was written, and the partition is read again from there.
 */
export function createLoadControl(
  store: StateStore,
  controls: PartitionControls,
  cache: CustomerCache,
): (context: ScorerContext) => Promise<void> {
  return async function loadControl(context) {
    const { partition, records } = context.chunk;
    const held = controls.get(partition);
    if (held !== undefined) {
      context.control = held;
      return;
    }
    if (controls.isSuspected(partition)) await rebuildFromLog(partition, { store, controls });
    const control = await readControl(store, partition);
    // Whoever wrote the control meanwhile wrote customers too: a cached state may lack what the watermark says is done.
    cache.dropPartition(partition);
    const first = records[0].offset;
    const expected = control.watermark + 1;
    if (first > expected && controls.mayRewind(partition, { to: expected, from: first })) {
      throw new EngineError(
        'ERR_STATE_REGRESSED',
        `The store knows partition ${partition} up to offset ${control.watermark}, the log goes on at ${first}: ` +
          `reading again from ${expected}.`,
        { retryable: false, context: { partition, rewindTo: expected } },
      );
    }
    controls.hold(partition, control);
    context.control = control;
  };
}
