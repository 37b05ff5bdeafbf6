import { areaUnderCurve } from '../training/measures/area-under-curve.ts';
import { measureProbabilities } from '../training/measures/probability-measures.ts';

/** How good probabilities are, next to the base rate said to everybody. */
export interface TableFigures {
  readonly rows: number;
  readonly auc: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly ece10: number;
  readonly churnRate: number;
  readonly brierBaseRate: number;
}

export function measureTable(probabilities: Float64Array, labels: Uint8Array): TableFigures {
  const outcomes = Array.from(labels, Boolean);
  const said = Array.from(probabilities);
  const churnRate = outcomes.filter(Boolean).length / outcomes.length;
  return {
    rows: outcomes.length,
    auc: areaUnderCurve(said, outcomes),
    ...measureProbabilities(said, outcomes),
    churnRate,
    brierBaseRate: churnRate * (1 - churnRate),
  };
}
