import fc from 'fast-check';
import { channels } from '../../services/core/events/channels.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { CustomerState, DayTile, StateBlock } from '../../services/core/features/customer-state.ts';
import { caseMark, caseSteps } from '../../services/core/features/signals/case-marks.ts';
import { signalCounters } from '../../services/core/features/signals/signal-counters.ts';
import { signalRecipes } from '../../services/core/features/signals/signal-recipes.ts';
import { levels } from '../../services/core/scoring/level.ts';
import { aRecord } from './builders.ts';
import { signalAttributes } from './signal-attributes.ts';

/** The newest instant an arbitrary event can have; the oldest lies `oldestDays` before it. */
export const newestEventAt = Date.UTC(2026, 5, 30, 12);

/** Events this many days old are inside the horizon of every event of the same history, with some days to spare. */
export const insideHorizonDays = 450;

const dayMs = 86_400_000;

const amount = fc.option(fc.integer({ min: -500_000, max: 5_000_000 }), { nil: null, freq: 8 });

const orderType = fc.constantFrom(
  'order.placed', 'order.placed', 'order.placed', 'order.placed', 'order.cancelled', 'order.returned', 'page.viewed',
); // prettier-ignore

const signalType = fc.oneof(
  fc.constantFrom(...Object.keys(signalRecipes)),
  fc.constantFrom('case.opened', 'case.responded', 'case.resolved', 'case.reopened', 'case.closed', 'survey.answered'),
);

/** One event of a customer with an id of its own, at most `oldestDays` old; some with a clock that runs ahead. */
export function arbitraryRecord(options: { oldestDays: number; historical: fc.Arbitrary<boolean> }) {
  return fc
    .record({
      age: fc.oneof(
        fc.integer({ min: 0, max: options.oldestDays * 96 }),
        fc.integer({ min: 0, max: Math.min(40, options.oldestDays) }).map((days) => days * 96),
      ),
      clockAheadHours: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 72 })),
      delayHours: fc.integer({ min: 0, max: 48 }),
      id: fc.uuid(),
      historical: options.historical,
      type: fc.oneof(orderType, signalType),
      channel: fc.constantFrom(...channels),
      attributes: signalAttributes,
      amount,
    })
    .map(({ age, clockAheadHours, delayHours, id, historical, type, channel, attributes, amount }): CustomerRecord => {
      const happenedAt = newestEventAt - (age * dayMs) / 96;
      return aRecord({
        eventId: id,
        type,
        channel,
        attributes,
        historical,
        occurredAt: happenedAt + clockAheadHours * 3_600_000,
        receivedAt: clockAheadHours > 0 ? happenedAt : happenedAt + delayHours * 3_600_000,
        reportingAmountMinor: amount,
      });
    });
}

/** Live events, all inside each other's horizon, in any order. */
export const liveHistory = fc.array(
  arbitraryRecord({ oldestDays: insideHorizonDays, historical: fc.constant(false) }),
  { maxLength: 40 },
);

/** Live and imported events of any age, in any order. */
export const mixedHistory = fc.array(arbitraryRecord({ oldestDays: 2_000, historical: fc.boolean() }), {
  maxLength: 40,
});

const natural = fc.oneof(fc.nat({ max: 200 }), fc.maxSafeNat());
const smallBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

/** Distinct numbers of days before asOf, oldest first. */
function daysAgo(maxLength: number) {
  return fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength }).map((days) => days.sort((a, b) => b - a));
}

const tileCounts: fc.Arbitrary<Omit<DayTile, 'day'>> = fc.record({
  purchases: natural,
  spendMinor: natural,
  cancellations: natural,
  cancelledMinor: natural,
});

const sparseCounts: fc.Arbitrary<number[]> = fc
  .uniqueArray(fc.tuple(fc.nat({ max: signalCounters.length - 1 }), natural), { selector: ([id]) => id, maxLength: 6 })
  .map((pairs) => pairs.sort(([a], [b]) => a - b).flat());

const caseMarks: fc.Arbitrary<number[]> = fc
  .array(fc.tuple(fc.option(fc.string({ maxLength: 3 })), fc.constantFrom(...caseSteps)), { maxLength: 4 })
  .map((steps) => steps.map(([id, step]) => caseMark(id, step)).sort((a, b) => a - b));

const signals = fc.record({
  days: daysAgo(8),
  tiles: fc.array(fc.record({ counts: sparseCounts, cases: caseMarks }), { minLength: 8, maxLength: 8 }),
  totals: sparseCounts,
  contractEnds: fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 3 }),
});

const block: fc.Arbitrary<StateBlock> = fc
  .record({
    constituent: fc.option(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })),
    marks: fc.array(fc.record({ epoch: fc.nat(), partition: fc.nat({ max: 100 }), offset: natural }), { maxLength: 3 }),
    ring: fc.array(fc.nat({ max: 2 ** 52 - 1 }), { maxLength: 64 }),
    asOf: fc.integer({ min: 6_000, max: 30_000 }),
    tileDays: daysAgo(12),
    tileCounts: fc.array(tileCounts, { minLength: 12, maxLength: 12 }),
    purchaseDays: daysAgo(20),
    lifetime: tileCounts,
    firstDay: fc.option(fc.nat({ max: 6_000 })),
    revision: fc.integer({ min: 1, max: 300 }),
    signals,
  })
  .map(({ constituent, marks, ring, asOf, lifetime, firstDay, revision, signals, ...days }) => ({
    constituent: constituent === null ? null : constituent.toString(16).padStart(32, '0'),
    marks,
    ring,
    asOf,
    features: {
      revision,
      tiles: days.tileDays.map((ago, index) => ({ day: asOf - ago, ...days.tileCounts[index] })),
      purchaseDays: days.purchaseDays.map((ago) => asOf - ago),
      lifetimePurchases: lifetime.purchases,
      lifetimeSpendMinor: lifetime.spendMinor,
      lifetimeCancellations: lifetime.cancellations,
      lifetimeCancelledMinor: lifetime.cancelledMinor,
      firstDay,
      signalTiles: signals.days.map((ago, index) => ({ day: asOf - ago, ...signals.tiles[index] })),
      signalTotals: signals.totals,
      contractEnds: signals.contractEnds.map((after) => asOf + after).sort((a, b) => a - b),
    },
  }));

/** Any state that the fold could reach, and many that it could not. */
export const customerState: fc.Arbitrary<CustomerState> = fc.record({
  version: fc.maxSafeNat(),
  withheld: fc.boolean(),
  erased: fc.boolean(),
  closedDay: fc.nat({ max: 40_000 }),
  sealedRef: fc.option(fc.record({ keyId: fc.string({ maxLength: 20 }), sealed: smallBytes })),
  lastScore: fc.option(
    fc.record({
      level: fc.constantFrom(...levels),
      churn90: fc.double({ min: 0, max: 1, noNaN: true }),
      receivedAt: fc.integer({ min: -1e12, max: 4e12 }),
      body: smallBytes,
    }),
  ),
  blocks: fc.array(block, { maxLength: 3 }),
  segments: fc.option(smallBytes),
});
