import type { CustomerFacts } from '../core/segments/customer-facts.ts';
import type { SegmentPlan } from '../core/segments/segment-plan.ts';
import type { Assignment } from '../core/segments/segmenter.ts';
import type { Prediction } from '../core/scoring/prediction.ts';
import type { HorizonValue } from '../core/value/tenant-valuers.ts';
import type { ScoredRow } from './scorer-context.ts';

/** Where a row's raw features stand, and what the model says of them. */
export interface RowFacts {
  readonly features: Float64Array;
  readonly at: number;
  readonly prediction: Prediction | null;
  readonly value: HorizonValue | null;
}

const unassigned: Assignment = {
  memory: null,
  changes: [],
  isNewActivation: false,
  tier: null,
  stage: null,
  isPrimaryChanged: false,
};

/**
 * The segments of a customer at one row, and in the state what the next row has to know of them. Like the score they
 * depend on the folded state, on the row's day and on the activation alone. Under an activation of a time before there
 * were segments nothing is assigned, and what is kept stays.
 */
export function assignSegments(
  plan: SegmentPlan,
  row: ScoredRow,
  { features, at, prediction, value }: RowFacts,
): Assignment {
  const { activation, entry, gapMedian } = row;
  if (typeof activation.segments !== 'string') return unassigned;
  const { state } = entry;
  const facts: CustomerFacts = { features, at, gapMedian, prediction, lifetimeValue: value?.mean ?? null };
  const assignment = plan.segmenterFor(row.tenant.id, activation).assign(facts, state.segments);
  state.segments = assignment.memory;
  return assignment;
}
