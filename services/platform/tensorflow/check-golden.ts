import { closedFormNames } from '../../core/btyd/closed-form.ts';
import type { ModelScorer } from '../../core/ports/model-scorer.ts';
import { createVectorEncoder } from '../../core/scoring/encode-vector.ts';
import type { GoldenVectors } from './golden-vectors.ts';

/** Largest accepted difference of a head output; backends differ by less than a tenth of it. */
export const goldenTolerance = 1e-5;

/**
 * Scores the golden vectors again.
 * @returns null when every output is reproduced, else a sentence saying what is not
 */
export function checkGolden(scorer: Pick<ModelScorer, 'manifest' | 'predict'>, golden: GoldenVectors): string | null {
  const { inputs, outputs } = scorer.manifest;
  const known: readonly string[] = [...golden.features, ...closedFormNames];
  const missing = inputs.find((input) => !known.includes(input.feature));
  if (missing) return `golden.json has no feature ${missing.feature}`;
  const encode = createVectorEncoder(scorer.manifest, golden.features);
  const encoded = new Float32Array(golden.rows.length * inputs.length);
  for (const [i, row] of golden.rows.entries()) {
    const raw = Float64Array.from(row, (value) => value ?? NaN);
    if (raw.length !== golden.features.length) return `golden vector ${i} does not have one value per feature`;
    if (!encode(raw, 0, encoded, i * inputs.length)) return `golden vector ${i} cannot be encoded`;
  }
  const got = scorer.predict(golden.rows.length, encoded);
  for (const [i, expected] of golden.outputs.entries()) {
    for (const [j, head] of outputs.entries()) {
      const difference = Math.abs(got[i * outputs.length + j] - expected[j]);
      if (!(difference <= goldenTolerance)) {
        return `golden vector ${i} gives another ${head} than when the model was made (differs by ${difference})`;
      }
    }
  }
  return null;
}
