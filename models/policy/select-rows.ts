import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';

/** Some rows of a log as a log, and the same rows of any matrix over rows and arms. */
export interface SelectedRows {
  readonly log: ExperimentLog;
  matrix(whole: Float64Array): Float64Array;
}

export function selectRows(log: ExperimentLog, rows: readonly number[]): SelectedRows {
  const width = log.arms.length;
  return {
    log: {
      arms: log.arms,
      arm: Int32Array.from(rows, (row) => log.arm[row]),
      propensity: Float64Array.from(rows, (row) => log.propensity[row]),
      reward: Float64Array.from(rows, (row) => log.reward[row]),
      customer: Int32Array.from(rows, (row) => log.customer[row]),
    },
    matrix(whole) {
      const part = new Float64Array(rows.length * width);
      rows.forEach((row, i) => part.set(whole.subarray(row * width, (row + 1) * width), i * width));
      return part;
    },
  };
}
