import type { ContextColumn } from './context-column.ts';
import type { LinearModel } from './linear-model.ts';

/** What choosing an action needs of a learnt policy. */
export interface Policy {
  readonly arms: readonly string[];
  /** The arm for all, and for customers of whom nothing is known. */
  readonly bestArm: string;
  /** Context columns, in the order the inputs are encoded. */
  readonly context: readonly string[];
  /** Null when all are treated alike. */
  readonly perCustomer: {
    readonly columns: readonly ContextColumn[];
    /** By arm. */
    readonly models: readonly LinearModel[];
  } | null;
} // prettier-ignore
