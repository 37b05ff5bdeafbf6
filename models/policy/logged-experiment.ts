import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';

/** A log with what else its file says. */
export interface LoggedExperiment {
  readonly log: ExperimentLog;
  /** Ids by customer number. */
  readonly customers: readonly string[];
  /** Cells of the context columns as text, per row. */
  readonly context: readonly (readonly string[])[];
}
