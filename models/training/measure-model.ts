import type { Prediction } from '../../services/core/scoring/prediction.ts';
import type { CutRow } from './cut-table.ts';
import { areaUnderCurve } from './measures/area-under-curve.ts';
import { fitCalibrationLine } from './measures/calibration-line.ts';
import { decileMape } from './measures/decile-mape.ts';
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
  const silent = rows.map((row) => row.outcome.silent[2]);
  const silent30 = rows.map((row) => row.outcome.silent[0]);
  const recency = rows.map((row) => row.recency ?? Number.MAX_SAFE_INTEGER);
  const churn90 = predictions.map((prediction) => prediction.churn.p90);
  const churn30 = predictions.map((prediction) => prediction.churn.p30);
  const measured = measureProbabilities(churn90, silent);
  const base = silent.map(() => baseRate);
  const trivial = measureProbabilities(base, silent);
  const line = fitCalibrationLine(churn90, silent);
  return {
    rows: rows.length,
    churnRate90: shareOf(silent),
    meanChurn90: sum(churn90) / rows.length,
    auc90: areaUnderCurve(churn90, silent),
    auc90RecencyAlone: areaUnderCurve(recency, silent),
    auc30: areaUnderCurve(churn30, silent30),
    brier90: measured.brier,
    brier90BaseRate: trivial.brier,
    logLoss90: measured.logLoss,
    logLoss90BaseRate: trivial.logLoss,
    ece10: measured.ece10,
    calibrationSlope90: line.slope,
    calibrationIntercept90: line.intercept,
    ...measureSpend(predictions, rows),
  };
}

function measureSpend(predictions: readonly Prediction[], rows: readonly CutRow[]): ModelFigures {
  const spend = rows.map((row) => row.outcome.spend);
  const mean = predictions.map((prediction) => prediction.expectedSpend.mean);
  const lastYear = rows.map((row) => (row.spend365 * 90) / 365);
  return {
    spendGini: normalisedGini(mean, spend),
    spendGiniLastYear: normalisedGini(lastYear, spend),
    spendMaeMedian: meanAbsoluteError(predictions.map((prediction) => prediction.expectedSpend.median), spend), // prettier-ignore
    spendDecileMape: decileMape(mean, spend),
    spendMae: meanAbsoluteError(mean, spend),
    spendMaeLastYear: meanAbsoluteError(lastYear, spend),
    spendSpearman: rankCorrelation(mean, spend),
    spendBias: sum(mean) / sum(spend) - 1,
  };
}

function shareOf(labels: readonly boolean[]): number {
  return labels.filter(Boolean).length / labels.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
