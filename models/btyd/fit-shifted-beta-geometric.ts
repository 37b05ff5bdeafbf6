import {
  shiftedBetaGeometric,
  type ShiftedBetaGeometricParameters,
} from '../../services/core/btyd/shifted-beta-geometric.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { FitOutcome } from './fit-outcome.ts';
import { minimiseInBox, type Box } from './minimise-in-box.ts';
import { parametersAtBounds } from './parameters-at-bounds.ts';

/** Customers who came to their `renewal`-th chance to renew (from 0 on), and how many of them left at it. */
export interface RenewalCount {
  readonly renewal: number;
  readonly due: number;
  readonly left: number;
}

const box: Box = { lower: [1e-3, 1e-3], upper: [1e4, 1e4] };
const starts = [
  [1, 1],
  [0.5, 4],
  [10, 30],
];

/**
 * Maximum likelihood of the sBG model within bounds (Fader and Hardie 2007, appendix B, summed by renewal, so cohorts
 * that began at different times can be added up).
 * @throws ERR_DATA_FILE when more customers left than were due, or a count is not a number ≥ 0
 */
export function fitShiftedBetaGeometric(counts: readonly RenewalCount[]): FitOutcome<ShiftedBetaGeometricParameters> {
  for (const count of counts) refuseImpossible(count);
  const due = counts.reduce((sum, count) => sum + count.due, 0);
  const left = counts.reduce((sum, count) => sum + count.left, 0);
  const customers = counts.reduce((sum, count) => (count.renewal === 0 ? sum + count.due : sum), 0);
  const seen = new Set(counts.filter((count) => count.due > 0).map(({ renewal }) => renewal));
  if (left === 0 || left === due || seen.size < 2) {
    return {
      fitted: false,
      reason:
        `Of ${due} renewals due, ${left} were refused, at ${seen.size} different ages; some of each and two ages are ` +
        'needed to learn how loyalty changes with age; give a longer history.',
    };
  }
  const loss = ([alpha, beta]: readonly number[]): number => -logLikelihood({ alpha, beta }, counts) / due;
  const found = minimiseInBox(loss, starts, box);
  const [alpha, beta] = found.at;
  return {
    fitted: true,
    parameters: { alpha, beta },
    logLikelihood: -found.value * due,
    customers,
    atBounds: parametersAtBounds(['alpha', 'beta'], found.at, box),
  };
}

function logLikelihood(parameters: ShiftedBetaGeometricParameters, counts: readonly RenewalCount[]): number {
  return counts.reduce((sum, { renewal, due, left }) => {
    const renews = shiftedBetaGeometric.renews(parameters, renewal);
    const leaves = parameters.alpha / (parameters.alpha + parameters.beta + renewal);
    return sum + left * Math.log(leaves) + (due - left) * Math.log(renews);
  }, 0);
}

function refuseImpossible({ renewal, due, left }: RenewalCount): void {
  if (Number.isInteger(renewal) && renewal >= 0 && left >= 0 && left <= due && due < Infinity) return;
  throw dataFileError(`At renewal ${renewal}, ${left} of ${due} customers left; that cannot be. Check the counts.`);
}
