import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { fitClosedForm } from '../training/fit-closed-form.ts';
import {
  measureForecast,
  type Forecast,
  type ForecastMeasures,
  type Outcomes,
} from '../training/measures/measure-forecast.ts';
import { pairedBootstrap, type Interval } from '../training/measures/paired-bootstrap.ts';
import type { Order } from '../training/order.ts';
import { groupOrders } from '../training/order-history.ts';
import type { TrainRequest } from '../training/train-request.ts';
import type { CustomerPrediction } from './customer-prediction.ts';
import { customerVectors } from './customer-vectors.ts';
import { predictClosedForm } from './predict-closed-form.ts';

/** Predictions and a BG/NBD with Gamma-Gamma spend on the same customers. */
export interface Comparison {
  /** Customers with a purchase in the year before the cut, on whom all is measured. */
  readonly customers: number;
  readonly silentShare: number;
  readonly ours: ForecastMeasures;
  readonly closedForm: ForecastMeasures;
  /** Ours minus the closed form's, with paired intervals. */
  readonly difference: Readonly<Record<keyof ForecastMeasures, Interval>>;
}

/**
 * Measures predictions by what the customers did in the horizon, next to a BG/NBD with Gamma-Gamma spend that is fitted on
 * the same orders before the cut (`until` of the request).
 * @throws ERR_DATA_FILE when the orders end before the horizon does, or the closed form cannot be fitted
 */
export function compareWithClosedForm(
  predictions: readonly CustomerPrediction[],
  orders: readonly Order[],
  { until, horizonDays, currency }: Pick<TrainRequest, 'until' | 'horizonDays' | 'currency'>,
): Comparison {
  const perMajor = minorPerMajor(currencyExponent(currency) ?? 2);
  const purchases = orders.filter(({ amountMinor }) => amountMinor >= 0);
  const active = new Set(
    purchases.filter(({ day }) => day < until && day >= until - 365).map(({ customer }) => customer),
  );
  const judged = predictions.filter(({ customer }) => active.has(customer));
  const history = groupOrders(orders, until);
  const closedForm = history && fitClosedForm(history, 'bg-nbd', { at: until, horizonDays, minorPerMajor: perMajor });
  if (history === null || closedForm === null) {
    throw dataFileError(
      'Too few customers bought more than once to fit a BG/NBD to compare with; leave out --compare.',
    );
  }
  const raw = customerVectors(history, judged.map(({ customer }) => customer), { cut: until, minorPerMajor: perMajor }); // prettier-ignore
  const rival = predictClosedForm(raw, closedForm, until - history.firstDay);
  const ours: Forecast = { churn: judged.map(({ churn }) => churn), spend: judged.map(({ spendMean }) => spendMean) };
  const theirs: Forecast = { churn: [...rival.active].map((p) => 1 - p), spend: [...rival.spend] };
  return compareForecasts(ours, theirs, realOutcomes(judged, purchases, { until, horizonDays, perMajor }));
}

function realOutcomes(
  judged: readonly CustomerPrediction[],
  purchases: readonly Order[],
  { until, horizonDays, perMajor }: { readonly until: number; readonly horizonDays: number; readonly perMajor: number },
): Outcomes {
  const lastDay = purchases.reduce((last, { day }) => Math.max(last, day), -Infinity);
  if (lastDay < until + horizonDays - 31) {
    throw dataFileError(`The orders end before the ${horizonDays} days after --cut do; leave out --compare, or set an earlier --cut.`);
  } // prettier-ignore
  const spent = new Map<string, number>();
  for (const { customer, day, amountMinor } of purchases) {
    if (day < until || day >= until + horizonDays) continue;
    spent.set(customer, (spent.get(customer) ?? 0) + amountMinor / perMajor);
  }
  return {
    silent: judged.map(({ customer }) => !spent.has(customer)),
    spend: judged.map(({ customer }) => spent.get(customer) ?? 0),
  };
}

function compareForecasts(ours: Forecast, theirs: Forecast, real: Outcomes): Comparison {
  const difference = pairedBootstrap(real.silent.length, (units) => {
    const drawn = takeOutcomes(real, units);
    const [a, b] = [ours, theirs].map((forecast) => measureForecast(takeForecast(forecast, units), drawn));
    return {
      auc: a.auc - b.auc,
      brier: a.brier - b.brier,
      spendGini: a.spendGini - b.spendGini,
      spendMae: a.spendMae - b.spendMae,
    };
  });
  return {
    customers: real.silent.length,
    silentShare: real.silent.filter(Boolean).length / real.silent.length,
    ours: measureForecast(ours, real),
    closedForm: measureForecast(theirs, real),
    difference,
  };
}

function takeForecast({ churn, spend }: Forecast, units: Int32Array): Forecast {
  return { churn: Array.from(units, (i) => churn[i]), spend: Array.from(units, (i) => spend[i]) };
}

function takeOutcomes({ silent, spend }: Outcomes, units: Int32Array): Outcomes {
  return { silent: Array.from(units, (i) => silent[i]), spend: Array.from(units, (i) => spend[i]) };
}
