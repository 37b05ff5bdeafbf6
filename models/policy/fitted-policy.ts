import type { ContextColumn } from '../../services/core/actions/context-column.ts';
import type { LinearModel } from '../../services/core/actions/linear-model.ts';

/** A learner and how hard it shrinks. */
export interface Candidate {
  readonly learner: 'outcomes' | 'effects';
  readonly penalty: number;
}

/** What a candidate learnt: the value of each arm for a customer is linear in the encoded context. */
export interface FittedPolicy {
  readonly candidate: Candidate;
  readonly columns: readonly ContextColumn[];
  /** By arm. */
  readonly models: readonly LinearModel[];
}
