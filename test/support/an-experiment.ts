import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';

export interface ExperimentRow {
  readonly arm: string;
  readonly propensity: number;
  readonly reward: number;
  readonly customer?: number;
}

/** A log of the given rows; arms in the order they are named, each row a customer of its own unless it says whose. */
export function anExperiment(arms: readonly string[], rows: readonly ExperimentRow[]): ExperimentLog {
  return {
    arms,
    arm: Int32Array.from(rows, ({ arm }) => arms.indexOf(arm)),
    propensity: Float64Array.from(rows, ({ propensity }) => propensity),
    reward: Float64Array.from(rows, ({ reward }) => reward),
    customer: Int32Array.from(rows, ({ customer }, i) => customer ?? i),
  };
}
