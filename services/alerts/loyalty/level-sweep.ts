/*
 * Tells customers' changes of level: those that an event brought about, and those that time alone does. Customers stand
 * with the time of their next look in the due customers, written before their states. A page of a partition goes so:
 *
 *   look       states of the customers who are due; the level of today against the one that was told last
 *   owe        a change goes into the state's own list of untold changes, by compare-and-set, with an id of its own
 *   send       what is untold, as `member.level_changed`, to ingest; it knows again what it has had before by that id
 *   settle     what was sent leaves the list, by compare-and-set
 *   move       the customer to the next look
 *
 * Killed anywhere, the customer is still due, and what is untold is sent again under the same id. While ingest cannot be
 * reached it stays untold, and bookings go on.
 */
import { dayMs } from '../../core/events/epoch-day.ts';
import { advanceLevel, nextLevelDay } from '../../core/loyalty/advance-level.ts';
import {
  emptyLoyaltyState,
  type LevelChange,
  type LoyaltyState,
  type SealedReference,
} from '../../core/loyalty/loyalty-state.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { LoyaltyDeps } from './loyalty-deps.ts';
import type { EpochMs } from '../../core/units.ts';
import { compareAndSetLoyalty, loadLoyalty } from './loyalty-states.ts';
import type { ToldResult } from './loyalty-telemetry.ts';
import type { LoyaltyTenant } from './loyalty-tenant.ts';

export interface LevelMessage {
  readonly key: CustomerKey;
  readonly reference: SealedReference | null;
  readonly change: LevelChange;
}

export interface LevelSender {
  /** Whether there is a way to tell a tenant's customers anything. */
  serves(tenant: string): boolean;
  /** One entry per message, in order; null for one that has to be sent again later. Never rejects for what will pass. */
  send(messages: readonly LevelMessage[]): Promise<readonly (ToldResult | null)[]>;
}

export type LevelSweepDeps = Pick<LoyaltyDeps, 'store' | 'due' | 'clock' | 'digest' | 'tenants' | 'telemetry'> & {
  readonly sender: LevelSender;
};

interface Work {
  readonly key: CustomerKey;
  readonly tenant: LoyaltyTenant;
  storedVersion: number;
  stored: LoyaltyState;
}

const pageSize = 100;
/** Where nobody can be told, a customer is looked at again after so long. */
const unservedMs = 7 * dayMs;

/** Works on one page of a partition. @returns whether another one may be waiting */
export async function sweepLevels(deps: LevelSweepDeps, partition: number): Promise<boolean> {
  const now = deps.clock.now();
  const keys = await deps.due.due(partition, now, pageSize);
  if (keys.length === 0) return false;
  const works = keys.flatMap((key): Work[] => {
    const tenant = deps.sender.serves(key.tenant) ? deps.tenants.get(key.tenant) : undefined;
    return tenant === undefined ? [] : [{ key, tenant, storedVersion: 0, stored: emptyLoyaltyState() }];
  });
  await loadLoyalty(deps.store, works);
  const owed = await oweChanges(deps, works, now);
  const settled = await settle(deps, owed);
  const looked = new Set(works.map(({ key }) => key));
  const left = keys.filter((key) => !looked.has(key));
  await deps.due.move(partition, [
    ...settled.map((work) => ({ key: work.key, at: nextLook(work, now) })),
    ...left.map((key) => ({ key, at: now + unservedMs })),
  ]);
  const isStuck = settled.length < works.length || settled.some(({ stored }) => stored.untold.length > 0);
  return keys.length === pageSize && !isStuck;
}

function nextLook({ stored, tenant }: Work, now: EpochMs): EpochMs {
  return tenant.calendar.startOf(nextLevelDay(stored, tenant.calendar.dayOf(now), tenant.rules()));
}

/** Puts changes of level into the states. Who was changed meanwhile is left for the next turn. */
async function oweChanges(deps: LevelSweepDeps, works: readonly Work[], now: EpochMs): Promise<readonly Work[]> {
  const writes = works.map((work) => ({
    work,
    state: advanceLevel(work.stored, {
      key: work.key,
      today: work.tenant.calendar.dayOf(now),
      now,
      rules: work.tenant.rules(),
      digest: deps.digest,
    }),
  }));
  const losers = await compareAndSetLoyalty(deps.store, writes.filter(({ work, state }) => state !== work.stored));
  return works.filter((work) => !losers.has(work));
} // prettier-ignore

/** Sends what is untold, and takes what was sent out of the states. */
async function settle(deps: LevelSweepDeps, works: readonly Work[]): Promise<readonly Work[]> {
  const messages = works.flatMap(({ key, stored }) =>
    stored.untold.map((change): LevelMessage => ({ key, reference: stored.reference, change })),
  );
  if (messages.length === 0) return works;
  const results = await deps.sender.send(messages);
  const done = new Map<string, ToldResult>();
  for (const [i, { change }] of messages.entries()) {
    const result = results[i] ?? null;
    if (result !== null) done.set(change.changeId, result);
  }
  const writes = works
    .filter(({ stored }) => stored.untold.some(({ changeId }) => done.has(changeId)))
    .map((work) => ({
      work,
      state: { ...work.stored, untold: work.stored.untold.filter(({ changeId }) => !done.has(changeId)) },
    }));
  const before = new Map(writes.map(({ work }) => [work, work.stored.untold]));
  const losers = await compareAndSetLoyalty(deps.store, writes);
  for (const { work } of writes) if (!losers.has(work)) count(deps, work, before.get(work) ?? [], done);
  return works.filter((work) => !losers.has(work));
}

function count(
  { telemetry }: LevelSweepDeps,
  { tenant }: Work,
  untold: readonly LevelChange[],
  done: ReadonlyMap<string, ToldResult>,
): void {
  const { levels } = tenant.rules();
  const rankOf = (name: string): number => levels.findIndex(({ level }) => level === name);
  for (const { changeId, from, to } of untold) {
    const result = done.get(changeId);
    if (result !== undefined) telemetry.levelTold(result, rankOf(to) > rankOf(from) ? 'up' : 'down');
  }
}
