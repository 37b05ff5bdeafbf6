import type { GammaGammaParameters } from '../../services/core/btyd/gamma-gamma.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { FitOutcome } from './fit-outcome.ts';
import { gammaGammaLogLikelihood, type SpendMeans } from './gamma-gamma-likelihood.ts';
import { minimiseInBox, type Box } from './minimise-in-box.ts';
import { parametersAtBounds } from './parameters-at-bounds.ts';

/** Purchase days of one customer and the mean spend of one of them. */
export interface CustomerSpend {
  readonly purchases: number;
  readonly mean: number;
}

const minCustomers = 10;
/** Of p, q, gamma; money in units of the mean. Below q = 1 the mean spend of a new customer is infinite. */
const box: Box = { lower: [1e-2, 1.01, 1e-3], upper: [1e3, 1e3, 1e3] };
const starts = [
  [1, 3, 2],
  [6, 4, 0.5],
  [0.5, 10, 20],
  [30, 1.5, 0.05],
];

/**
 * Maximum likelihood of the Gamma-Gamma model within bounds, over the customers with at least one purchase day and a
 * mean above 0; the rest say nothing. Give the mean of the repeat purchases (as the papers do) or of all purchases, and
 * predict from the same. `gamma` is in the unit of the money given.
 * @throws ERR_DATA_FILE when a count or a mean is not a number ≥ 0
 */
export function fitGammaGamma(customers: Iterable<CustomerSpend>): FitOutcome<GammaGammaParameters> {
  const spenders = [...customers].filter(saysSomething).sort((a, b) => a.purchases - b.purchases || a.mean - b.mean);
  if (spenders.length < minCustomers) {
    return {
      fitted: false,
      reason:
        `Only ${spenders.length} customers spent something, ${minCustomers} are needed to learn what customers spend; ` +
        'give a longer history or use the parameters of a similar business.',
    };
  }
  const unit = spenders.reduce((sum, { mean }) => sum + mean, 0) / spenders.length;
  const data: SpendMeans = {
    purchases: Float64Array.from(spenders, ({ purchases }) => purchases),
    mean: Float64Array.from(spenders, ({ mean }) => mean / unit),
  };
  const named = ([p, q, gamma]: readonly number[]): GammaGammaParameters => ({ p, q, gamma });
  const found = minimiseInBox((at) => -gammaGammaLogLikelihood(named(at), data) / spenders.length, starts, box);
  const { p, q, gamma } = named(found.at);
  return {
    fitted: true,
    parameters: { p, q, gamma: gamma * unit },
    logLikelihood: -(found.value + Math.log(unit)) * spenders.length,
    customers: spenders.length,
    atBounds: parametersAtBounds(['p', 'q', 'gamma'], found.at, box),
  };
}

function saysSomething({ purchases, mean }: CustomerSpend): boolean {
  if (purchases >= 0 && purchases < Infinity && mean >= 0 && mean < Infinity) return purchases >= 1 && mean > 0;
  throw dataFileError(
    `A customer of the spend fit has ${purchases} purchases of ${mean} each; both must be numbers from 0 on.`,
  );
}
