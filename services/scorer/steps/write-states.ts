import { EngineError } from '../../core/errors.ts';
import { resolveConflict } from '../../core/features/compare-and-set.ts';
import type { CustomerState } from '../../core/features/customer-state.ts';
import { decodeState } from '../../core/features/decode-state.ts';
import { encodeState } from '../../core/features/encode-state.ts';
import { findMark } from '../../core/features/marks.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { StateUpdate } from '../../core/ports/state-store.ts';
import {
  decodePartitionControl,
  emptyPartitionControl,
  partitionControlKey,
  type PartitionControl,
} from '../partition-control.ts';
import { rebuildFromLog } from '../rebuild-from-log.ts';
import { requireSameConnection } from '../require-same-connection.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import type { CustomerEntry, ScorerContext } from '../scorer-context.ts';

/**
 * Once the index knows the customers: every touched one by compare-and-set. A failing compare-and-set is resolved for
 * its customer alone: already written by somebody else, to be folded again, or lost.
 */
export function createWriteStates(
  deps: Pick<ScorerDeps, 'store' | 'cache' | 'controls'>,
): (context: ScorerContext) => Promise<void> {
  const { store, cache } = deps;
  return async function writeStates(context) {
    const { partition } = context.chunk;
    await context.indexed;
    requireSameConnection(store, context);
    const touched = [...context.customers.values()].filter((entry) => entry.state.version !== entry.loadedVersion);
    const written = touched.length === 0 ? [] : await store.compareAndSet(touched.map(toUpdate));
    for (let i = 0; i < touched.length; i++) {
      const { id, state } = touched[i];
      if (written[i]) cache.set(partition, id, state);
      else {
        // The store may be ahead of what this process knows of the customer.
        cache.drop(partition, id);
        const stored = await resolve(deps, context, touched[i]);
        // What follows from the chunk is made of what is stored, which may be newer than what was folded here.
        context.customers.set(id, { ...touched[i], state: stored });
      }
    }
  };
}

function toUpdate({ key, state, loadedVersion }: CustomerEntry): StateUpdate {
  return { key, expectedVersion: loadedVersion, version: state.version, bytes: encodeState(state) };
}

/** @returns the stored state, once it holds everything that the refused one would have brought */
async function resolve(
  deps: Pick<ScorerDeps, 'store' | 'controls'>,
  context: ScorerContext,
  entry: CustomerEntry,
): Promise<CustomerState> {
  const { partition } = context.chunk;
  // The control first: whoever moves it has written the customer before, so the customer can be no older than it says.
  const [found, stored] = await deps.store.load([partitionControlKey(partition), entry.key]);
  const state = stored === null ? null : decodeState(stored.bytes, stored.version);
  const decision = decide(context, entry, state);
  const facts = { partition, storedVersion: state?.version ?? 0, loadedVersion: entry.loadedVersion };
  if (decision === 'done' && state !== null) return state;
  if (decision !== 'regressed') {
    const message = 'Another writer applied part of the chunk to a customer; the rest is folded again.';
    throw new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: facts });
  }
  const control = found === null ? emptyPartitionControl() : decodePartitionControl(found.bytes, found.version);
  if (isLostBefore(control, context, entry)) return rebuildFromLog(partition, deps);
  const message = `The store holds an older state of a customer than was written; partition ${partition} is read again.`;
  const rewindTo = control.watermark + 1;
  throw new EngineError('ERR_STATE_REGRESSED', message, { retryable: false, context: { ...facts, rewindTo } });
}

function decide({ chunk, control }: ScorerContext, entry: CustomerEntry, state: CustomerState | null) {
  // States are never deleted, not even those of erased customers.
  if (state === null && entry.loadedVersion > 0) return 'regressed';
  const markOf = (held: CustomerState) => findMark(ownBlock(held).marks, control.epoch, chunk.partition);
  return resolveConflict({
    storedVersion: state?.version ?? 0,
    storedMark: state === null ? null : markOf(state),
    baseMark: entry.baseMark,
    targetMark: markOf(entry.state),
    closedDays: { stored: state?.closedDay ?? 0, target: entry.state.closedDay },
  });
}

/** Whether reading again from the stored watermark would pass over what the customer has lost. */
function isLostBefore(stored: PartitionControl, { control }: ScorerContext, { baseMark }: CustomerEntry): boolean {
  if (stored.epoch < control.epoch) return false;
  return baseMark === null || baseMark.offset <= stored.watermark;
}
