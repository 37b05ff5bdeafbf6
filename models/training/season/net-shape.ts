import type { CutTable } from '../cut-table.ts';
import { fitCalibrationSlope } from '../fit-calibration-slope.ts';
import { fitSpendPower } from '../fit-spend-power.ts';
import type { Season } from './season.ts';

/** How much further apart than their nets put them customers are, in the mean season. */
export interface NetShape {
  /** Of the logit of silence. */
  readonly slope: number;
  /** Of the logarithm of expected spend. */
  readonly power: number;
}

/**
 * Measures it on a cut that the nets have not seen; what that cut's season pulls apart is taken out.
 * @param heads raw heads of the cut's rows
 */
export function measureNetShape(heads: Float32Array, { rows }: CutTable, season: Season | null): NetShape {
  return {
    slope: fitCalibrationSlope(heads, rows) / (season?.scale ?? 1),
    power: fitSpendPower(heads, rows) / (season?.spendScale ?? 1),
  };
}
