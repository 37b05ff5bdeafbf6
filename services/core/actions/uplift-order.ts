import type { ExperimentLog } from './experiment-log.ts';

/** Arms that are compared, as positions in `arms`. */
export interface UpliftArms {
  readonly treated: number;
  readonly control: number;
}

/** Rows of two arms, the highest predicted uplift first. */
export interface UpliftOrder {
  readonly arms: UpliftArms;
  readonly rows: readonly number[];
  /** Whether the row at this place is the last of those with its prediction: their order means nothing. */
  readonly endsStep: readonly boolean[];
}

/** @param score predicted uplift per row of the log; rows of other arms are left out */
export function upliftOrder({ arm }: ExperimentLog, arms: UpliftArms, score: Float64Array): UpliftOrder {
  const rows = [...arm.keys()].filter((i) => arm[i] === arms.treated || arm[i] === arms.control);
  rows.sort((a, b) => score[b] - score[a]);
  const endsStep = rows.map((row, k) => k + 1 === rows.length || score[rows[k + 1]] !== score[row]);
  return { arms, rows, endsStep };
}
