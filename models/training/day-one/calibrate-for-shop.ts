import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import type { CutRow } from '../cut-table.ts';
import { identityCalibration } from '../identity-calibration.ts';
import { predictRows } from '../predict-rows.ts';
import { shiftToMean } from '../shift-to-mean.ts';
import { silenceLogits } from '../silence-logits.ts';

/** A past cut: what the model, adapted as of then, said of its active customers, and what they did. */
export interface PastWindow {
  readonly heads: Float32Array;
  readonly rows: readonly CutRow[];
}

/** Customers that count as much as the knowledge of other shops does. */
const priorRows = 200;
/** A past window is of another season and of a younger shop than the window to come: only so much of it is believed. */
const belief = 0.5;
const bounds = { logit: 1, log: 0.7 } as const;

/**
 * Shift and factors with which the model would have been right in sum in the shop's complete past windows, drawn towards
 * none: the fewer customers there were, the more.
 */
export function calibrateForShop(windows: readonly PastWindow[]): Calibration {
  const shifts = windows.map(shiftOf);
  const weigh = (key: keyof Shift, bound: number): number => {
    const rows = shifts.reduce((sum, shift) => sum + shift.rows, 0);
    if (rows === 0) return 0;
    const mean = shifts.reduce((sum, shift) => sum + shift.rows * shift[key], 0) / rows;
    const weight = (belief * rows) / (rows + priorRows);
    return Math.min(bound, Math.max(-bound, weight * mean));
  };
  return {
    ...identityCalibration,
    method: 'platt',
    b: weigh('logit', bounds.logit),
    spendFactor: Math.exp(weigh('logSpend', bounds.log)),
    countFactor: Math.exp(weigh('logCount', bounds.log)),
  };
}

interface Shift {
  readonly rows: number;
  readonly logit: number;
  readonly logSpend: number;
  readonly logCount: number;
}

function shiftOf({ heads, rows }: PastWindow): Shift {
  const silent = rows.filter(({ outcome }) => outcome.silent[2]).length;
  const predictions = predictRows(heads, identityCalibration);
  const sum = (value: (i: number) => number): number => rows.reduce((total, _row, i) => total + value(i), 0);
  return {
    rows: rows.length,
    logit: shiftToMean(silenceLogits(heads), (silent + 0.5) / (rows.length + 1)),
    logSpend: logRatio(
      sum((i) => rows[i].outcome.spend),
      sum((i) => predictions[i].expectedSpend.mean),
    ),
    logCount: logRatio(
      sum((i) => rows[i].outcome.purchaseDays),
      sum((i) => predictions[i].expectedPurchases),
    ),
  };
}

/** 0 where nothing was bought, of which no ratio tells anything. */
function logRatio(real: number, expected: number): number {
  return real > 0 && expected > 0 ? Math.log(real / expected) : 0;
}
