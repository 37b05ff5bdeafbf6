import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerLedger } from '../../../cli/rollback/customer-ledger.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { retractionRecord } from '../../../services/core/events/retraction-record.ts';
import { applyRecord } from '../../../services/core/features/apply-record.ts';
import { closeDay } from '../../../services/core/features/close-day.ts';
import type { CustomerState } from '../../../services/core/features/customer-state.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { arbitraryRecord, newestEventAt } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { testContext, vectorOf } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

/** A customer's record, or a number: the end of that business day on the partition. */
type Entry = CustomerRecord | number;

const newestDay = Math.floor(newestEventAt / 86_400_000);

/** Few days, so that many events share one; from the business itself, from two imports, or from a second copy. */
const history = fc
  .array(
    fc.record({
      record: arbitraryRecord({ oldestDays: 2_000, historical: fc.constant(false) }),
      sharedDay: fc.option(fc.constantFrom(3, 40, 452, 470, 900, 1_500)),
      from: fc.constantFrom('live', 'live', 'a', 'a', 'b'),
      isRepeated: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.flatMap(({ record, sharedDay, from, isRepeated }): CustomerRecord[] => {
      const at = newestEventAt - (sharedDay ?? 0) * 86_400_000;
      const times = sharedDay === null ? {} : { occurredAt: at, receivedAt: at };
      const origin = from === 'live' ? {} : { importId: from, historical: true };
      const made = { ...record, ...times, ...origin };
      return isRepeated ? [made, { ...made }] : [made];
    }),
  );

/** Days of silence that end inside the log: what was inside the horizon leaves it. */
const silence = fc.array(fc.tuple(fc.nat({ max: 80 }), fc.integer({ min: 1, max: 700 })), { maxLength: 3 });

/** The same partition in every world: customers are known, so that no world's `asOf` hangs on the import. */
function logOf(records: readonly CustomerRecord[], pauses: readonly (readonly [number, number])[]): Entry[] {
  const log: Entry[] = [newestDay, ...records];
  let day = newestDay;
  for (const [place, days] of [...pauses].sort(([a], [b]) => a - b)) {
    day += days;
    log.splice(1 + Math.min(place, log.length - 1), 0, day);
  }
  return log;
}

function walk(
  log: readonly Entry[],
  take: (record: CustomerRecord, offset: number, closedDay: number) => void,
): number {
  let closedDay = 0;
  log.forEach((entry, offset) => {
    if (typeof entry === 'number') closedDay = Math.max(closedDay, entry);
    else take(entry, offset, closedDay);
  });
  return closedDay;
}

function fold(log: readonly Entry[]): CustomerState {
  const state = emptyState();
  const end = walk(log, (record, offset, closedDay) => {
    closeDay(state, closedDay);
    applyRecord(state, record, { epoch: 1, partition: 0, offset }, testContext);
  });
  closeDay(state, end);
  return state;
}

/** What the roll-back of an import adds to a log that it has read to its end. */
function rollBack(log: readonly Entry[], importId: string): CustomerRecord[] {
  const ledger = new CustomerLedger(testContext, importId);
  walk(log, (record, offset, closedDay) => ledger.read(record, { epoch: 1, partition: 0, offset }, closedDay));
  return log.flatMap((entry) => {
    if (typeof entry === 'number' || entry.kind !== 'event' || entry.importId !== importId) return [];
    const planned = ledger.plan(entry);
    return planned === null ? [] : [retractionRecord({ original: entry, at: newestEventAt, ...planned })];
  });
}

function without(log: readonly Entry[], importId: string): Entry[] {
  return log.filter((entry) => typeof entry === 'number' || entry.importId !== importId);
}

function known(state: CustomerState) {
  const { features, asOf } = ownBlock(state);
  return { features, asOf, closedDay: state.closedDay, vector: vectorOf(state) };
}

describe('rolling an import back', () => {
  it('ends in the state of a log that never had it, also beyond the horizon', () => {
    fc.assert(
      fc.property(history, silence, (records, pauses) => {
        const log = logOf(records, pauses);
        expect(known(fold([...log, ...rollBack(log, 'a')]))).toEqual(known(fold(without(log, 'a'))));
      }),
      { numRuns: runs(400) },
    );
  });

  it('does the same for one import after the other, with live events between them', () => {
    fc.assert(
      fc.property(history, history, silence, (before, between, pauses) => {
        const log = logOf(before, pauses);
        const live = between.filter(({ importId }) => importId === null);
        const once = [...log, ...rollBack(log, 'a'), ...live];
        const twice = [...once, ...rollBack(once, 'b')];
        expect(known(fold(twice))).toEqual(known(fold([...without(without(log, 'a'), 'b'), ...live])));
      }),
      { numRuns: runs(200) },
    );
  });

  it('changes nothing when it is asked for twice, and finishes what a killed one began', () => {
    fc.assert(
      fc.property(history, silence, fc.nat({ max: 40 }), (records, pauses, killedAt) => {
        const log = logOf(records, pauses);
        const whole = rollBack(log, 'a');
        expect(rollBack([...log, ...whole], 'a')).toEqual([]);
        const begun = [...log, ...whole.slice(0, killedAt)];
        expect(known(fold([...begun, ...rollBack(begun, 'a')]))).toEqual(known(fold([...log, ...whole])));
      }),
      { numRuns: runs(200) },
    );
  });

  it('is exact beside a live event that comes while the retractions are written', () => {
    fc.assert(
      fc.property(history, silence, fc.nat({ max: 40 }), fc.nat({ max: 450 }), (records, pauses, place, age) => {
        const log = logOf(records, pauses);
        const at = (walk(log, () => undefined) - age) * 86_400_000 + 43_200_000;
        const newcomer = aRecord({ occurredAt: at, receivedAt: at });
        const retractions: CustomerRecord[] = rollBack(log, 'a');
        retractions.splice(Math.min(place, retractions.length), 0, newcomer);
        expect(known(fold([...log, ...retractions]))).toEqual(known(fold([...without(log, 'a'), newcomer])));
      }),
      { numRuns: runs(100) },
    );
  });

  it('opens no tasks before the last retraction, which speaks for the live events that remain', () => {
    fc.assert(
      fc.property(history, (records) => {
        const log = logOf(records, []);
        const flags = rollBack(log, 'a').map(({ historical }) => historical);
        expect(flags.slice(0, -1)).not.toContain(false);
        const remaining = without(log, 'a');
        if (!remaining.some((entry) => typeof entry !== 'number' && entry.importId === null)) {
          expect(flags).not.toContain(false);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
