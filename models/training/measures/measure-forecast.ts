import { areaUnderCurve } from './area-under-curve.ts';
import { meanAbsoluteError } from './mean-absolute-error.ts';
import { normalisedGini } from './normalised-gini.ts';
import { measureProbabilities } from './probability-measures.ts';

/** What is expected of each of some customers: P(no purchase), and mean spend. */
export interface Forecast {
  readonly churn: readonly number[];
  readonly spend: readonly number[];
}

/** What the same customers did. */
export interface Outcomes {
  readonly silent: readonly boolean[];
  readonly spend: readonly number[];
}

export interface ForecastMeasures {
  readonly auc: number;
  readonly brier: number;
  readonly spendGini: number;
  /** In the unit of the spend. */
  readonly spendMae: number;
}

/** Measures of one forecast. */
export function measureForecast({ churn, spend }: Forecast, real: Outcomes): ForecastMeasures {
  return {
    auc: areaUnderCurve(churn, real.silent),
    brier: measureProbabilities(churn, real.silent).brier,
    spendGini: normalisedGini(spend, real.spend),
    spendMae: meanAbsoluteError(spend, real.spend),
  };
}
