import type { Prediction } from '../../services/core/scoring/prediction.ts';
import type { CutRow } from './cut-table.ts';
import { areaUnderCurve } from './measures/area-under-curve.ts';
import { meanAbsoluteError } from './measures/mean-absolute-error.ts';
import { normalisedGini } from './measures/normalised-gini.ts';
import { measureProbabilities } from './measures/probability-measures.ts';
import { rankCorrelation } from './measures/rank-correlation.ts';

/** Figures of one model on one cut, next to what needs no model. Names are those of the manifest's `metrics`. */
export type ModelFigures = Readonly<Record<string, number>>;

/**
 * Measures predictions on rows that neither the net nor its calibration has seen.
 * @param baseRate 90-day churn rate of the rows the net was trained on, the trivial prediction
 */
export function measureModel(
  predictions: readonly Prediction[],
  rows: readonly CutRow[],
  baseRate: number,
): ModelFigures {
  const silent = rows.map((row) => row.outcome.silent90);
  const spend = rows.map((row) => row.outcome.spend);
  const churn90 = predictions.map((prediction) => prediction.churn.p90);
  const mean = predictions.map((prediction) => prediction.expectedSpend.mean);
  const yearly = rows.map((row) => (row.spend365 * 90) / 365);
  const measured = measureProbabilities(churn90, silent);
  const trivial = measureProbabilities(
    silent.map(() => baseRate),
    silent,
  );
  return {
    rows: rows.length,
    churnRate90: silent.filter(Boolean).length / rows.length,
    meanChurn90: churn90.reduce((sum, p) => sum + p, 0) / rows.length,
    auc90: areaUnderCurve(churn90, silent),
    auc90RecencyAlone: areaUnderCurve(
      rows.map((row) => row.recency ?? Number.MAX_SAFE_INTEGER),
      silent,
    ),
    auc30: areaUnderCurve(
      predictions.map(({ churn }) => churn.p30),
      rows.map(({ outcome }) => outcome.silent30),
    ),
    brier90: measured.brier,
    brier90BaseRate: trivial.brier,
    logLoss90: measured.logLoss,
    logLoss90BaseRate: trivial.logLoss,
    ece10: measured.ece10,
    spendGini: normalisedGini(mean, spend),
    spendGiniLastYear: normalisedGini(yearly, spend),
    spendMae: meanAbsoluteError(mean, spend),
    spendMaeLastYear: meanAbsoluteError(yearly, spend),
    spendSpearman: rankCorrelation(mean, spend),
    spendBias: mean.reduce((sum, value) => sum + value, 0) / spend.reduce((sum, value) => sum + value, 0) - 1,
  };
}
