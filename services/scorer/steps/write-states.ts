import { EngineError } from '../../core/errors.ts';
import { resolveConflict } from '../../core/features/compare-and-set.ts';
import { decodeState } from '../../core/features/decode-state.ts';
import { encodeState } from '../../core/features/encode-state.ts';
import { findMark } from '../../core/features/marks.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { StateStore, StateUpdate } from '../../core/ports/state-store.ts';
import type { CustomerCache } from '../customer-cache.ts';
import { encodePartitionControl, partitionControlKey } from '../partition-control.ts';
import { readControl } from '../read-control.ts';
import type { CustomerEntry, ScorerContext } from '../scorer-context.ts';

/**
 * Once the index knows the customers: every touched one by compare-and-set, then the partition's control with its
 * watermark. A failing
 * compare-and-set is resolved for its customer alone: already written by somebody else, to be folded again, or lost.
 */
export function createWriteStates(store: StateStore, cache: CustomerCache): (context: ScorerContext) => Promise<void> {
  return async function writeStates(context) {
    const { partition } = context.chunk;
    await context.indexed;
    const touched = [...context.customers.values()].filter((entry) => entry.state.version !== entry.loadedVersion);
    const written = touched.length === 0 ? [] : await store.compareAndSet(touched.map(toUpdate));
    for (let i = 0; i < touched.length; i++) {
      const { id, state } = touched[i];
      if (written[i]) cache.set(partition, id, state, state.version);
      else {
        // The store may be ahead of what this process knows of the customer.
        cache.drop(partition, id);
        await resolve(store, context, touched[i]);
      }
    }
    await saveControl(store, context);
    requireSameConnection(store, context);
  };
}

function toUpdate({ key, state, loadedVersion }: CustomerEntry): StateUpdate {
  return { key, expectedVersion: loadedVersion, version: state.version, bytes: encodeState(state) };
}

async function resolve(store: StateStore, context: ScorerContext, entry: CustomerEntry): Promise<void> {
  const { partition } = context.chunk;
  const { epoch } = context.control;
  const [stored] = await store.load([entry.key]);
  const state = stored === null ? null : decodeState(stored.bytes, stored.version);
  const decision = resolveConflict({
    storedVersion: state?.version ?? 0,
    storedMark: state === null ? null : findMark(ownBlock(state).marks, epoch, partition),
    baseMark: entry.baseMark,
    targetMark: findMark(ownBlock(entry.state).marks, epoch, partition),
    closedDays: { stored: state?.closedDay ?? 0, target: entry.state.closedDay },
  });
  const facts = { partition, storedVersion: state?.version ?? 0, loadedVersion: entry.loadedVersion };
  if (decision === 'done') return;
  if (decision === 'refold') {
    const message = 'Another writer applied part of the chunk to a customer; the rest is folded again.';
    throw new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: facts });
  }
  const rewindTo = await storedWatermark(store, partition);
  const message = `The store holds an older state of a customer than was written; partition ${partition} is read again.`;
  throw new EngineError('ERR_STATE_REGRESSED', message, { retryable: false, context: { ...facts, rewindTo } });
}

async function storedWatermark(store: StateStore, partition: number): Promise<number> {
  return (await readControl(store, partition)).watermark + 1;
}

/** Moves the watermark past the chunk; nothing is written where neither it nor anything else of the control changed. */
async function saveControl(store: StateStore, context: ScorerContext): Promise<void> {
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

/**
 * A store that failed over between the states and the watermark has the second without the first. It is a new
 * connection then, and the chunk is not committed but done again.
 */
function requireSameConnection(store: StateStore, { connectionEpoch, chunk }: ScorerContext): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const message = 'Redis was reconnected while states were written; the chunk is done again.';
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition: chunk.partition } });
}
