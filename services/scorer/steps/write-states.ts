import { EngineError } from '../../core/errors.ts';
import { resolveConflict } from '../../core/features/compare-and-set.ts';
import type { CustomerState } from '../../core/features/customer-state.ts';
import { decodeState } from '../../core/features/decode-state.ts';
import { encodeState } from '../../core/features/encode-state.ts';
import { findMark } from '../../core/features/marks.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import type { StateStore, StateUpdate } from '../../core/ports/state-store.ts';
import type { CustomerCache } from '../customer-cache.ts';
import { readControl } from '../read-control.ts';
import { requireSameConnection } from '../require-same-connection.ts';
import type { CustomerEntry, ScorerContext } from '../scorer-context.ts';

/**
 * Once the index knows the customers: every touched one by compare-and-set. A failing compare-and-set is resolved for
 * its customer alone: already written by somebody else, to be folded again, or lost.
 */
export function createWriteStates(store: StateStore, cache: CustomerCache): (context: ScorerContext) => Promise<void> {
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
        const stored = await resolve(store, context, touched[i]);
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
async function resolve(store: StateStore, context: ScorerContext, entry: CustomerEntry): Promise<CustomerState> {
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
  if (decision === 'done' && state !== null) return state;
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
