import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import { predictClosedForm } from '../backtest/predict-closed-form.ts';
import { compareClosedForm } from './compare-closed-form.ts';
import { isActive, type CutTable } from './cut-table.ts';
import { fitClosedForm } from './fit-closed-form.ts';
import { measureModel, type ModelFigures } from './measure-model.ts';
import type { OrderHistory } from './order-history.ts';
import type { TrainRequest } from './train-request.ts';

export interface Rehearsal {
  readonly predictions: readonly Prediction[];
  /** The cut that is predicted, with its outcomes. */
  readonly judged: CutTable;
  /** The cuts that the nets were trained on. */
  readonly train: readonly CutTable[];
}

/** Figures of a rehearsal, beside those of trivial predictions and of BG/NBD with Gamma-Gamma fitted before the cut. */
export function measureRehearsal(
  { predictions, judged, train }: Rehearsal,
  history: OrderHistory,
  { horizonDays, currency }: TrainRequest,
): ModelFigures {
  const { cut, rows, vectors } = judged;
  const figures = measureModel(predictions, rows, churnRate(train));
  const closedForm = fitClosedForm(history, 'bg-nbd', {
    at: cut,
    horizonDays,
    minorPerMajor: minorPerMajor(currencyExponent(currency) ?? 2),
  });
  if (closedForm === null) return figures;
  const closed = predictClosedForm(vectors.unpack(), closedForm, cut - history.firstDay);
  return { ...figures, ...compareClosedForm(predictions, closed, rows) };
}

function churnRate(tables: readonly CutTable[]): number {
  const active = tables.flatMap((table) => table.rows.filter(isActive));
  return active.filter(({ outcome }) => outcome.silent[2]).length / active.length;
}
