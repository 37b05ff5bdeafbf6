import { judgeUplift, type JudgedUplift } from '../../models/policy/judge-uplift.ts';
import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { usageError } from '../usage-error.ts';

export interface ArmUplift {
  readonly treated: string;
  readonly control: string;
  readonly measures: JudgedUplift;
}

export interface UpliftOptions {
  readonly control: string;
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Uplift of each other arm over the control, ranked by the values that a policy gives them.
 * @param values rows x arms
 */
export function judgeArmUplift(log: ExperimentLog, values: Float64Array, options: UpliftOptions): ArmUplift[] {
  const { arms } = log;
  const control = arms.indexOf(options.control);
  if (control < 0)
    throw usageError(`--control "${options.control}" is no arm of the log; there are ${arms.join(', ')}.`);
  return arms.flatMap((name, treated) => {
    if (treated === control) return [];
    const score = log.propensity.map((_, i) => values[i * arms.length + treated] - values[i * arms.length + control]);
    return [
      { treated: name, control: options.control, measures: judgeUplift(log, { treated, control }, score, options) },
    ];
  });
}
