import type { ClosedFormPredictions } from '../backtest/predict-closed-form.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import type { CutRow } from './cut-table.ts';
import type { ModelFigures } from './measure-model.ts';
import { areaUnderCurve } from './measures/area-under-curve.ts';
import { decileMape } from './measures/decile-mape.ts';
import { normalisedGini } from './measures/normalised-gini.ts';
import { pairedInterval } from './measures/paired-interval.ts';
import { measureProbabilities } from './measures/probability-measures.ts';

/**
 * Figures of a buy-till-you-die model on the rows that the nets are measured on, and by how much the nets rank better:
 * the difference with its paired 95 % interval.
 */
export function compareClosedForm(
  predictions: readonly Prediction[],
  closed: ClosedFormPredictions,
  rows: readonly CutRow[],
): ModelFigures {
  const silent = rows.map(({ outcome }) => outcome.silent[2]);
  const spend = rows.map(({ outcome }) => outcome.spend);
  const churn = { ours: predictions.map((each) => each.churn.p90), theirs: [...closed.active].map((p) => 1 - p) };
  const value = { ours: predictions.map((each) => each.expectedSpend.mean), theirs: [...closed.spend] };
  const [takeScores, takeSilent, takeSpend] = [createTake<number>(), createTake<boolean>(), createTake<number>()];
  const auc = (scores: readonly number[], at?: readonly number[]): number =>
    areaUnderCurve(takeScores(scores, at), takeSilent(silent, at));
  const gini = (scores: readonly number[], at?: readonly number[]): number =>
    normalisedGini(takeScores(scores, at), takeSpend(spend, at));
  const aucInterval = pairedInterval(rows.length, (at) => auc(churn.ours, at) - auc(churn.theirs, at));
  const giniInterval = pairedInterval(rows.length, (at) => gini(value.ours, at) - gini(value.theirs, at));
  return {
    auc90BgNbd: auc(churn.theirs),
    auc90OverBgNbdLow: aucInterval.low,
    auc90OverBgNbdHigh: aucInterval.high,
    brier90BgNbd: measureProbabilities(churn.theirs, silent).brier,
    spendGiniBgNbd: gini(value.theirs),
    spendGiniOverBgNbdLow: giniInterval.low,
    spendGiniOverBgNbdHigh: giniInterval.high,
    spendDecileMapeBgNbd: decileMape(value.theirs, spend),
  };
}

/** Takes the values at some places, or all of them; what it gives is good until the next call. */
function createTake<T>(): (values: readonly T[], at: readonly number[] | undefined) => readonly T[] {
  const taken: T[] = [];
  return (values, at) => {
    if (at === undefined) return values;
    for (let i = 0; i < at.length; i++) taken[i] = values[at[i]];
    taken.length = at.length;
    return taken;
  };
}
