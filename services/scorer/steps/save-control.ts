import { EngineError } from '../../core/errors.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import { encodePartitionControl, partitionControlKey } from '../partition-control.ts';
import { requireSameConnection } from '../require-same-connection.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * The partition's control with its watermark, once everything that the chunk or the page of a sweep gives is stored and
 * published: what stands behind it is never done again. Nothing is written where nothing of the control changed.
 */
export function createSaveControl(store: StateStore): (context: ScorerContext) => Promise<void> {
  return async function saveControl(context) {
    requireSameConnection(store, context);
    await save(store, context);
    requireSameConnection(store, context);
  };
}

async function save(store: StateStore, context: ScorerContext): Promise<void> {
  const { control, chunk } = context;
  const watermark = Math.max(control.watermark, context.nextOffset - 1);
  if (watermark === control.watermark && !context.isControlChanged) return;
  const next = { ...control, version: control.version + 1, watermark };
  const [moved] = await store.compareAndSet([
    {
      key: partitionControlKey(chunk.partition),
      expectedVersion: control.version,
      version: next.version,
      bytes: encodePartitionControl(next),
    },
  ]);
  if (!moved) {
    const message = `The watermark of partition ${chunk.partition} was moved by another writer; the chunk is checked again.`;
    throw new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition: chunk.partition } });
  }
  control.version = next.version;
  control.watermark = watermark;
}
