import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import type { Forest } from './boosting/predict-trees.ts';
import type { ColumnSpec } from './column-spec.ts';
import type { MemberName } from './members.ts';

/** One member, fitted once per inner fold; their logits are averaged. */
export type FittedMember =
  | { readonly kind: 'trees'; readonly forests: readonly Forest[] }
  | { readonly kind: 'net'; readonly nets: readonly NetworkWeights[] };

/** p = 1 / (1 + exp(-(intercept + sum of weight x logit))), the weights not negative. */
export interface Blend {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** What turns a row of a table into a probability. */
export interface TableModel {
  readonly columns: readonly ColumnSpec[];
  readonly members: Readonly<Record<MemberName, FittedMember>>;
  /** Weights in the order of `memberNames`. */
  readonly blend: Blend;
}
