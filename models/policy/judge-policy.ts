import { doublyRobustValue } from '../../services/core/actions/doubly-robust-value.ts';
import { effectiveRows } from '../../services/core/actions/effective-rows.ts';
import type { ExperimentLog } from '../../services/core/actions/experiment-log.ts';
import { importanceWeights } from '../../services/core/actions/importance-weights.ts';
import { inversePropensityValue } from '../../services/core/actions/inverse-propensity-value.ts';
import { selfNormalisedValue } from '../../services/core/actions/self-normalised-value.ts';
import type { ValueEstimate } from '../../services/core/actions/value-estimate.ts';
import { valueInterval, type Interval } from '../../services/core/actions/value-interval.ts';

/** What a log says of a policy, by three estimators. */
export interface JudgedPolicy {
  readonly name: string;
  readonly ips: Interval;
  readonly snips: Interval;
  readonly dr: Interval;
  readonly effectiveRows: number;
}

/** A judged policy with the estimate that differences are taken of. */
export interface Judgement {
  readonly judged: JudgedPolicy;
  readonly estimate: ValueEstimate;
}

/** Judges a policy (rows x arms) on a log. */
export function judgePolicy(name: string, log: ExperimentLog, policy: Float64Array, expected: Float64Array): Judgement {
  const estimate = doublyRobustValue(log, policy, expected);
  const interval = (value: ValueEstimate): Interval => valueInterval(value, log.customer);
  const judged = {
    name,
    ips: interval(inversePropensityValue(log, policy)),
    snips: interval(selfNormalisedValue(log, policy)),
    dr: interval(estimate),
    effectiveRows: effectiveRows(importanceWeights(log, policy)),
  };
  return { judged, estimate };
}
