import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RetentionCommand } from '../../../services/core/commands/retention-command.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { dayMs } from '../../../services/core/events/epoch-day.ts';
import { applyLoyaltyInput, type LoyaltyInput } from '../../../services/core/loyalty/apply-loyalty-input.ts';
import { loyaltyStanding } from '../../../services/core/loyalty/loyalty-standing.ts';
import { decodeLoyaltyState, encodeLoyaltyState } from '../../../services/core/loyalty/loyalty-state-format.ts';
import { emptyLoyaltyState, keptOrders, type LoyaltyState } from '../../../services/core/loyalty/loyalty-state.ts';
import { memberLevel } from '../../../services/core/loyalty/member-level.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { aRecord } from '../../support/builders.ts';
import { aPointsCommand } from '../../support/loyalty-command.ts';
import { loyaltyHistory } from '../../support/loyalty-histories.ts';
import { someLoyaltyRules } from '../../support/loyalty-rules.ts';
import { naiveLoyalty } from '../../support/naive-loyalty.ts';
import { runs } from '../../support/property-runs.ts';

const rules = someLoyaltyRules();
const context = { rules, dayOf: (ms: number) => Math.floor(ms / dayMs), digest: nodeDigest };
const place = { logId: 'log', partition: 1 };

function inputsOf(records: readonly CustomerRecord[], commands: readonly RetentionCommand[]): LoyaltyInput[] {
  return [
    ...records.map((record, offset) => ({ kind: 'event' as const, record, mark: { ...place, log: 'events' as const, offset } })),
    ...commands.map((command, offset) => ({
      kind: 'command' as const,
      command,
      mark: { ...place, log: 'commands' as const, offset },
    })),
  ];
} // prettier-ignore

const applyAll = (inputs: readonly LoyaltyInput[], from: LoyaltyState = emptyLoyaltyState()): LoyaltyState =>
  inputs.reduce(
    (state, input) => decodeLoyaltyState(encodeLoyaltyState(applyLoyaltyInput(state, input, context).state)),
    from,
  );

const corrections = fc.array(
  fc.record({ day: fc.nat(60), points: fc.integer({ min: -60, max: 60 }).filter((points) => points !== 0) }),
  { maxLength: 4 },
);
const commandsOf = (each: readonly { day: number; points: number }[]) =>
  each.map(({ day, points }, i) => aPointsCommand({ commandId: `c${i}`, digest: `d${i}`, at: day * dayMs, points }));

/** Retractions come after what they take back, as on the log; nothing else has to keep its order. */
function anyOrder(records: readonly CustomerRecord[]): fc.Arbitrary<CustomerRecord[]> {
  const facts = records.filter(({ kind }) => kind === 'event');
  const others = records.filter(({ kind }) => kind !== 'event');
  return fc.shuffledSubarray(facts, { minLength: facts.length }).map((shuffled) => [...shuffled, ...others]);
}

describe('points and level of a customer', () => {
  it('are what the naive ledger says, in any order of events, with copies, retractions and returns before orders', () => {
    const history = loyaltyHistory().chain(anyOrder);
    fc.assert(
      fc.property(history, corrections, fc.nat(100), (records, corrected, today) => {
        const standing = loyaltyStanding(applyAll(inputsOf(records, commandsOf(corrected))), today, rules);
        const { days, ...naive } = naiveLoyalty(records, corrected, { asOf: today, lifeDays: 20 });
        expect(standing?.points).toMatchObject(naive);
        const spend = [...days].map(([day, { net }]) => ({ day, net })).sort((a, b) => a.day - b.day);
        const ranks = [today, today + 1].map((asOf) => memberLevel(spend, asOf, rules)).map(rankOf);
        expect(standing?.level).toBe(rules.levels[Math.max(...ranks)].level);
      }),
      { numRuns: runs(400) },
    );
  });

  it('balance on every day', () => {
    fc.assert(
      fc.property(loyaltyHistory(), corrections, fc.nat(120), (records, corrected, today) => {
        const points = loyaltyStanding(applyAll(inputsOf(records, commandsOf(corrected))), today, rules)?.points;
        expect(points).toBeDefined();
        if (points === undefined) return;
        expect(points.earned + points.corrected - points.spent - points.expired).toBe(points.balance);
      }),
      { numRuns: runs(200) },
    );
  });

  it('are booked once, however often records come again', () => {
    fc.assert(
      fc.property(
        loyaltyHistory(),
        corrections,
        fc.array(fc.nat(40), { maxLength: 20 }),
        (records, corrected, again) => {
          const inputs = inputsOf(records, commandsOf(corrected));
          const once = applyAll(inputs);
          const redelivered = inputs.flatMap((input, i) => [
            input,
            ...again.filter((at) => at <= i).map((at) => inputs[at]),
          ]);
          expect(applyAll(redelivered)).toEqual(once);
          expect(applyAll(inputs, once)).toEqual(once);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  it('a retraction takes back what its event did, and nothing of an event that was never booked', () => {
    const order = aRecord({ attributes: [{ name: 'orderId', value: 'A' }] });
    const taken: CustomerRecord = { ...aRecord({ kind: 'event-retracted', type: '' }), retracted: order };
    const retractedOnly = applyAll(inputsOf([taken], []));
    expect(retractedOnly.ledger).toEqual([]);
    expect(applyAll(inputsOf([order, taken], []))).toMatchObject({ ledger: [], spend: [], orders: [] });
  });

  it('a return without its order takes nothing, and takes its part once the order is known', () => {
    const attributes = [{ name: 'orderId', value: 'A' }];
    const sentBack = aRecord({ type: 'order.returned', reportingAmountMinor: -250, attributes });
    const order = aRecord({ reportingAmountMinor: 1000, attributes });
    expect(applyAll(inputsOf([sentBack], [])).ledger).toEqual([]);
    const [day] = applyAll(inputsOf([sentBack, order], [])).ledger;
    expect(day).toMatchObject({ earned: 1000, corrected: -250 });
  });

  it('all of an order takes all of its points, and more than all takes no more', () => {
    const attributes = [{ name: 'orderId', value: 'A' }];
    const parts = [333, 333, 334, 500].map((amount) =>
      aRecord({ type: 'order.returned', reportingAmountMinor: -amount, attributes }),
    );
    const [day] = applyAll(inputsOf([aRecord({ reportingAmountMinor: 1000, attributes }), ...parts], [])).ledger;
    expect(day.earned + day.corrected).toBe(0);
  });

  it('are booked once also by a replay of more events than are remembered by their ids', () => {
    const records = Array.from({ length: 300 }, (_, i) =>
      aRecord({ occurredAt: (i % 50) * dayMs, attributes: [{ name: 'orderId', value: `order-${i}` }] }),
    );
    const inputs = inputsOf(records, []);
    const once = applyAll(inputs);
    expect(once.orders).toHaveLength(keptOrders);
    expect(applyAll(inputs, once)).toEqual(once);
  });

  it('an erasure leaves nothing but the place in the log', () => {
    const erased = applyAll(inputsOf([aRecord(), aRecord({ kind: 'erased', type: '' })], []));
    expect(erased).toEqual({ ...emptyLoyaltyState(), marks: erased.marks });
    expect(erased.marks).toHaveLength(1);
  });

  it('books of a topic that was created again from its beginning', () => {
    const [first] = inputsOf([aRecord()], []);
    const [second] = inputsOf([aRecord()], []).map((input) => ({ ...input, mark: { ...input.mark, logId: 'other' } }));
    expect(applyAll([first, second]).ledger[0].earned).toBe(2000);
  });
});

function rankOf(level: string): number {
  return rules.levels.findIndex((each) => each.level === level);
}

describe('a correction of points', () => {
  const inputs = (...commands: RetentionCommand[]) => inputsOf([], commands);

  it('is booked with an audit record that says who and why', () => {
    const state = applyAll(inputs(aPointsCommand({ points: -5, actor: 'mary', note: 'booked twice' })));
    expect(state.ledger).toMatchObject([{ corrected: -5 }]);
    expect(state.audits).toMatchObject([
      { actor: 'mary', action: 'points-correct', result: 'done', note: 'booked twice', subject: '-5 points' },
    ]);
  });

  it('that comes again under its id is booked once; another one under the same id is refused', () => {
    const command = aPointsCommand({ points: 5 });
    const state = applyAll(inputs(command, command, { ...command, digest: 'other', points: 500 }));
    expect(state.ledger).toMatchObject([{ corrected: 5 }]);
    expect(state.audits.map(({ result, reason }) => [result, reason])).toEqual([
      ['done', null],
      ['refused', 'other-content'],
    ]);
  });

  it.each([[{ points: null }], [{ points: 0 }], [{ points: 1.5 }], [{ note: null }], [{ note: ' ' }]])(
    'without points or a reason is refused: %j',
    (part) => {
      const state = applyAll(inputs(aPointsCommand(part)));
      expect(state.ledger).toEqual([]);
      expect(state.commands).toMatchObject([{ fault: 'incomplete' }]);
    },
  );
});

describe('members by registration', () => {
  const registered = someLoyaltyRules({ members: 'registered' });
  const at = (day: number) => day * dayMs;

  it('have what was booked since the earliest registration, whichever came first', () => {
    const records = [
      aRecord({ occurredAt: at(5), reportingAmountMinor: 10 }),
      aRecord({ occurredAt: at(12), type: 'member.registered' }),
      aRecord({ occurredAt: at(11), reportingAmountMinor: 7 }),
      aRecord({ occurredAt: at(10), type: 'member.registered' }),
    ];
    const state = applyAll(inputsOf(records, []));
    expect(loyaltyStanding(state, 12, registered)).toMatchObject({ memberSince: 10, points: { balance: 7 }, spend: 7 });
    expect(loyaltyStanding(applyAll(inputsOf(records.slice(0, 1), [])), 12, registered)).toBeNull();
  });
});
