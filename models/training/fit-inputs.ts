import { emptyFeatures } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import type { ModelInput } from '../../services/core/scoring/model-manifest.ts';
import type { CutTable } from './cut-table.ts';

const clip = 6;

/**
 * Inputs of a new model: every feature as a signed log1p, and a `defined` partner for each feature that can be
 * undefined (it is for a customer without any history); mean and standard deviation over the training rows where the
 * feature is defined. A feature that is the same in all rows teaches nothing and is left out: its weights would stay as
 * random as they began, and speak as soon as events of its kind come.
 */
export function fitInputs(tables: readonly CutTable[]): ModelInput[] {
  const empty = new Float64Array(featureNames.length);
  writeFeatures(emptyFeatures(), 1, 1, empty);
  return featureNames.flatMap((feature, column) => {
    const value = fitInput(tables, column, { name: feature, feature, transform: 'log1p' });
    if (value === null) return [];
    if (!Number.isNaN(empty[column])) return [value];
    const partner = fitInput(tables, column, { name: `${feature}_defined`, feature, transform: 'defined' });
    return [value, partner ?? { name: `${feature}_defined`, feature, transform: 'defined', mean: 1, sd: 1, clip }];
  });
}

type NamedInput = Pick<ModelInput, 'name' | 'feature' | 'transform'>;

/** @returns null where the input is the same in every row */
function fitInput(tables: readonly CutTable[], column: number, named: NamedInput): ModelInput | null {
  // the encoder itself transforms, so that training and serving cannot drift apart
  const encode = createVectorEncoder({ inputs: [{ ...named, mean: 0, sd: 1, clip: Infinity }] }, featureNames);
  const out = new Float32Array(1);
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const { raw } of tables) {
    for (let at = 0; at < raw.length; at += featureNames.length) {
      const isKnown = named.transform === 'defined' || !Number.isNaN(raw[at + column]);
      if (!isKnown || !encode(raw, at, out, 0)) continue;
      count += 1;
      const delta = out[0] - mean;
      mean += delta / count;
      squares += delta * (out[0] - mean);
    }
  }
  const sd = Math.sqrt(squares / Math.max(1, count));
  return sd > 1e-6 ? { ...named, mean, sd, clip } : null;
}
