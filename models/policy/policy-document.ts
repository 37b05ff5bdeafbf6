import type { Interval } from '../../services/core/actions/value-interval.ts';
import type { FittedPolicy } from './fitted-policy.ts';
import type { JudgedPolicy } from './judge-policy.ts';

/** A learnt policy as its file says it, with what it was learnt from and how good it is. */
export interface PolicyDocument {
  readonly format: 1;
  readonly arms: readonly string[];
  /** The arm for all, and for customers of whom nothing is known. */
  readonly bestArm: string;
  /** Context columns, in the order the inputs are encoded. */
  readonly context: readonly string[];
  /** Null when all are treated alike. */
  readonly perCustomer: Pick<FittedPolicy, 'candidate' | 'columns' | 'models'> | null;
  readonly learnt: {
    readonly source: string;
    readonly rows: number;
    readonly customers: number;
    readonly reward: string;
    /** Column, or the share of each arm, that the arms were drawn with. */
    readonly propensity: string | Readonly<Record<string, number>>;
    readonly folds: number;
  };
  readonly judged: readonly JudgedPolicy[];
  readonly gain: Interval;
}
