import { EngineError } from '../../core/errors.ts';
import { nextLevelDay } from '../../core/loyalty/advance-level.ts';
import { applyLoyaltyInput } from '../../core/loyalty/apply-loyalty-input.ts';
import { decodeLoyaltyState, encodeLoyaltyState } from '../../core/loyalty/loyalty-state-format.ts';
import { emptyLoyaltyState, type LoyaltyState } from '../../core/loyalty/loyalty-state.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { LoyaltyChunk, LoyaltyWork } from './loyalty-context.ts';
import type { LoyaltyDeps } from './loyalty-deps.ts';

/** Rounds of reload and decide again before the whole chunk is tried again after a pause. */
const maxRounds = 8;

type Stored = Pick<LoyaltyWork, 'key' | 'storedVersion' | 'stored'>;

/** Reads what the store holds of these customers, in one round trip. */
export async function loadLoyalty(store: StateStore, works: readonly Stored[]): Promise<void> {
  if (works.length === 0) return;
  const found = await store.load(works.map(({ key }) => key));
  for (const [i, work] of works.entries()) {
    const stored = found[i];
    work.storedVersion = stored?.version ?? 0;
    work.stored = stored === null ? emptyLoyaltyState() : decodeLoyaltyState(stored.bytes);
  }
}

/** Takes one customer's inputs of the chunk over what is stored. */
export function decideLoyalty(work: LoyaltyWork, digest: Digest): void {
  const { tenant } = work;
  const context = { rules: tenant.rules(), dayOf: tenant.calendar.dayOf, digest };
  let state = work.stored;
  work.results = work.inputs.map((input) => {
    const applied = applyLoyaltyInput(state, input, context);
    state = applied.state;
    return applied.result;
  });
  work.decided = state;
}

/**
 * Stores what was decided by compare-and-set. Whoever loses against another process loads again and decides again: what
 * the other one has booked is then repeated. The time of the next look at the level is written before, for every customer:
 * also for one whose state was written by a process that died before it was done.
 */
export async function writeLoyalty(
  deps: Pick<LoyaltyDeps, 'store' | 'due' | 'clock' | 'digest' | 'telemetry'>,
  { chunk, customers }: LoyaltyChunk,
): Promise<void> {
  let pending: readonly LoyaltyWork[] = [...customers.values()];
  for (let round = 0; pending.length > 0; round++) {
    if (round === maxRounds) throw conflict(chunk.partition, pending.length);
    await deps.due.bringForward(chunk.partition, pending.map((work) => dueOf(work, deps.clock.now())));
    const changed = pending.filter((work) => work.decided !== work.stored);
    const losers = await compareAndSetLoyalty(deps.store, changed.map((work) => ({ work, state: work.decided })));
    deps.telemetry.booked(pending.filter((work) => !losers.has(work)).flatMap(({ results }) => results));
    pending = pending.filter((work) => losers.has(work));
    await loadLoyalty(deps.store, pending);
    for (const work of pending) decideLoyalty(work, deps.digest);
  }
} // prettier-ignore

function dueOf({ key, tenant, decided }: LoyaltyWork, now: number) {
  const today = tenant.calendar.dayOf(now);
  return { key, at: tenant.calendar.startOf(nextLevelDay(decided, today, tenant.rules())) };
}

/** Writes each state onto the version its customer was loaded at; returns the customers somebody else has changed. */
export async function compareAndSetLoyalty<W extends Stored>(
  store: StateStore,
  writes: readonly { readonly work: W; readonly state: LoyaltyState }[],
): Promise<ReadonlySet<W>> {
  const losers = new Set<W>();
  if (writes.length === 0) return losers;
  const results = await store.compareAndSet(
    writes.map(({ work, state }) => ({
      key: work.key,
      expectedVersion: work.storedVersion,
      version: work.storedVersion + 1,
      bytes: encodeLoyaltyState(state),
    })),
  );
  for (const [i, { work, state }] of writes.entries()) {
    if (results[i] !== true) {
      losers.add(work);
      continue;
    }
    work.storedVersion += 1;
    work.stored = state;
  }
  return losers;
}

function conflict(partition: number, customers: number): EngineError {
  const message = `Another process keeps changing the points of ${customers} customers of partition ${partition}; it is tried again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition, customers } });
}
