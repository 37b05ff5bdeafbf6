import { describe, expect, it } from 'vitest';
import { nameHash } from '../../../../services/core/segments/name-hash.ts';
import type { SegmentMemory } from '../../../../services/core/segments/segment-memory.ts';
import { factsOf, planWith, shippedPlan } from '../../../support/segment-plans.ts';

const activation = { activationId: '0'.repeat(32), tierCutoffs: [] };

/** A memory that holds one stage, as it is stored. */
function inStage(machine: string, stage: string | null): SegmentMemory | null {
  if (stage === null) return null;
  const memory = Buffer.alloc(8);
  memory.writeInt32LE(nameHash(`stage/${machine}/${stage}`), 4);
  return memory;
}

const once = { purchase_days: 1, purchase_days_365: 1, recency_days: 1 };
const twice = { purchase_days: 2, purchase_days_365: 2, recency_days: 1, gap_median: 20 };
const gone = { purchase_days: 9, purchase_days_365: 0 };

type Row = [
  machine: string,
  from: string | null,
  facts: Record<string, number>,
  to: string | null,
  because: string | null,
];

// Each row: in this stage, with these facts, the customer is in that stage next, for that reason.
const golden: readonly Row[] = [
  ['lifecycle4', null, {}, 'potential', null],
  ['lifecycle4', null, once, 'new', 'purchase'],
  ['lifecycle4', 'potential', { registration_days: 1 }, 'new', 'registration'],
  ['lifecycle4', 'potential', { coupon_recency_days: 1 }, 'new', 'coupon'],
  ['lifecycle4', null, twice, 'active', 'repeat-purchase'],
  ['lifecycle4', 'new', once, 'new', null],
  ['lifecycle4', 'new', twice, 'active', 'repeat-purchase'],
  ['lifecycle4', 'new', { ...once, recency_days: 180 }, 'new', null],
  ['lifecycle4', 'new', { ...once, recency_days: 181 }, 'lapsed', 'silence'],
  ['lifecycle4', 'new', { registration_days: 365 }, 'new', null],
  ['lifecycle4', 'new', { registration_days: 366 }, 'lapsed', 'never-bought'],
  ['lifecycle4', 'new', { registration_days: 366, coupon_recency_days: 3 }, 'new', null],
  ['lifecycle4', 'active', { ...twice, recency_days: 100 }, 'active', null],
  ['lifecycle4', 'active', { ...gone, recency_days: 181 }, 'lapsed', 'silence'],
  ['lifecycle4', 'lapsed', { ...gone, recency_days: 400 }, 'lapsed', null],
  ['lifecycle4', 'lapsed', { ...gone, purchase_days: 10, purchase_days_365: 1, recency_days: 1 }, 'active', 'purchase'],
  ['lifecycle4', 'lapsed', { ...once, registration_days: 400 }, 'new', 'first-purchase'],
  ['lifecycle4', 'lapsed', { registration_days: 400, coupon_recency_days: 1 }, 'new', 'interest'],
  ['lifecycle4', 'new', { cancellations: 1 }, 'potential', 'taken-back'],

  ['lifecycle5', null, {}, 'potential', null],
  ['lifecycle5', null, once, 'new', 'purchase'],
  ['lifecycle5', 'new', twice, 'active', 'repeat-purchase'],
  ['lifecycle5', 'new', { registration_days: 366 }, 'lapsed', 'never-bought'],
  ['lifecycle5', 'lapsed', { ...once, registration_days: 400 }, 'new', 'first-purchase'],
  ['lifecycle5', 'lapsed', { registration_days: 400, coupon_recency_days: 1 }, 'new', 'interest'],
  ['lifecycle5', 'dormant', { cancellations: 1 }, 'potential', 'taken-back'],
  ['lifecycle5', 'potential', { registration_days: 1 }, 'new', 'registration'],
  ['lifecycle5', 'potential', { coupon_recency_days: 1 }, 'new', 'coupon'],
  ['lifecycle5', 'new', { ...once, recency_days: 60 }, 'new', null],
  ['lifecycle5', 'new', { ...once, recency_days: 61 }, 'dormant', 'silence'],
  // The floor holds for a weekly buyer; the own rhythm for one who buys every fifty days.
  ['lifecycle5', 'active', { ...twice, gap_median: 7, recency_days: 60 }, 'active', null],
  ['lifecycle5', 'active', { ...twice, gap_median: 7, recency_days: 61 }, 'dormant', 'silence'],
  ['lifecycle5', 'active', { ...twice, gap_median: 50, recency_days: 61 }, 'active', null],
  ['lifecycle5', 'active', { ...twice, gap_median: 50, recency_days: 100 }, 'active', null],
  ['lifecycle5', 'active', { ...twice, gap_median: 50, recency_days: 101 }, 'dormant', 'silence'],
  ['lifecycle5', 'active', { ...twice, gap_median: 120, recency_days: 181 }, 'lapsed', 'silence'],
  ['lifecycle5', 'dormant', { ...twice, recency_days: 180 }, 'dormant', null],
  ['lifecycle5', 'dormant', { ...twice, recency_days: 181 }, 'lapsed', 'silence'],
  ['lifecycle5', 'dormant', { ...twice, recency_days: 1 }, 'active', 'purchase'],
  ['lifecycle5', 'lapsed', { ...gone, purchase_days: 10, purchase_days_365: 1, recency_days: 1 }, 'active', 'purchase'],
  ['lifecycle5', null, { ...gone, recency_days: 300 }, 'lapsed', 'silence'],

  ['relation5', null, {}, 'potential', null],
  ['relation5', 'potential', { lead_recency_days: 2 }, 'contact', 'interest'],
  ['relation5', 'contact', once, 'understanding', 'purchase'],
  ['relation5', 'understanding', { ...twice, purchase_days_365: 3 }, 'consolidation', 'repeat-purchase'],
  ['relation5', 'consolidation', { ...twice, gap_median: 40, recency_days: 81 }, 'decline', 'silence'],
  ['relation5', 'consolidation', { ...twice, gap_median: 40, recency_days: 80 }, 'consolidation', null],
  ['relation5', 'decline', { ...twice, recency_days: 1 }, 'consolidation', 'purchase'],

  ['deal3', null, twice, null, null],
  ['deal3', null, { lead_recency_days: 1 }, 'intending', null],
  ['deal3', null, { contract_days_to_end: 90 }, 'signed', 'contract-signed'],
  ['deal3', null, { contract_days_to_end: -90 }, 'lost', 'contract-ended'],
  ['deal3', 'intending', { lead_recency_days: 9, contract_days_to_end: 300 }, 'signed', 'contract-signed'],
  ['deal3', 'intending', { lead_recency_days: 366 }, 'lost', 'lead-cold'],
  ['deal3', 'signed', { contract_days_to_end: -1 }, 'lost', 'contract-ended'],
  ['deal3', 'lost', { contract_days_to_end: 0 }, 'signed', 'contract-signed'],
  ['deal3', 'lost', { lead_recency_days: 1 }, 'intending', 'new-lead'],
];

describe('the lifecycle machines', () => {
  const segmenter = shippedPlan.segmenterFor('demo', activation);

  it.each(golden)('%s: from %s with %j to %s because of %s', (...row) => {
    const [machine, from, facts, to, because] = row;
    const memory = inStage(machine, from);
    const customer = factsOf(facts);
    expect(segmenter.placesOf(customer, memory)[shippedPlan.names.indexOf(machine)]).toBe(to);
    const change = segmenter.assign(customer, memory).changes.find(({ scheme }) => scheme === machine);
    if (from === to) expect(change).toBeUndefined();
    else expect(change).toEqual({ kind: 'stage', scheme: machine, old: from, new: to, because });
  });

  it('have a golden row for every stage and every transition', () => {
    for (const [name, { stages, transitions }] of Object.entries(shippedPlan.document.machines)) {
      const rows = golden.filter(([machine]) => machine === name);
      for (const stage of stages)
        expect(
          rows.map((row) => row[3]),
          name,
        ).toContain(stage.name);
      for (const { because } of transitions)
        expect(
          rows.map((row) => row[4]),
          name,
        ).toContain(because);
    }
  });

  it('follow the industry of the tenant', () => {
    const plan = planWith({ tenants: { snacks: { industry: 'fast_moving' }, gems: { industry: 'premium' } } });
    const stageOf = (tenant: string, recency: number) =>
      plan.segmenterFor(tenant, activation).assign(factsOf({ ...twice, gap_median: 5, recency_days: recency }), null)
        .stage;
    expect(stageOf('snacks', 31)).toBe('lifecycle5.dormant');
    expect(stageOf('gems', 31)).toBe('lifecycle5.active');
    expect(stageOf('snacks', 91)).toBe('lifecycle5.lapsed');
    expect(stageOf('gems', 91)).toBe('lifecycle5.dormant');
  });
});
