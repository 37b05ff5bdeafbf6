import type { RandomBits } from '../../../services/platform/tensorflow/random-bits.ts';
import { areaUnderCurve } from './area-under-curve.ts';

/** What a ranking loses when a feature is taken from another row each. */
export interface FeatureImportance {
  readonly name: string;
  /** Area under the curve as it is, less the one with the feature's values shuffled. */
  readonly aucLoss: number;
}

export interface ImportanceRequest {
  /** Names of what is shuffled; all that belongs to one name moves together. */
  readonly names: readonly string[];
  readonly labels: readonly boolean[];
  readonly bits: RandomBits;
  /** Scores of all rows with the values of one name taken from the rows `from[row]`; null takes nothing away. */
  readonly score: (name: string | null, from: Int32Array) => readonly number[];
}

/** Permutation importance, greatest first. Equal bits give equal figures. */
export function featureImportance({ names, labels, bits, score }: ImportanceRequest): FeatureImportance[] {
  const from = Int32Array.from(labels.keys());
  const whole = areaUnderCurve(score(null, from), labels);
  const losses = names.map((name) => {
    shuffle(from, bits);
    return { name, aucLoss: whole - areaUnderCurve(score(name, from), labels) };
  });
  return losses.sort((a, b) => b.aucLoss - a.aucLoss || (a.name < b.name ? -1 : 1));
}

/** Fisher-Yates; the remainder's bias is far below anything the figure could show. */
function shuffle(rows: Int32Array, bits: RandomBits): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = (bits() >>> 0) % (i + 1);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
}
