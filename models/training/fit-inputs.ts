import { closedFormNames } from '../../services/core/btyd/closed-form.ts';
import { emptyFeatures } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import type { ModelClosedForm, ModelInput } from '../../services/core/scoring/model-manifest.ts';
import type { CutTable } from './cut-table.ts';

const clip = 6;
const leastSd = 1e-6;

/**
 * Inputs of a new model: every feature as a signed log1p, and a `defined` partner for each feature that can be
 * undefined (it is for a customer without any history); then the closed form's. Mean and standard deviation over the
 * training rows where the feature is defined. What is the same in all training rows is left out: nothing can be learnt
 * from it, and a value never seen would move the model at random.
 */
export function fitInputs(tables: readonly CutTable[], closedForm: ModelClosedForm | null): ModelInput[] {
  const empty = new Float64Array(featureNames.length);
  writeFeatures(emptyFeatures(), 1, 1, empty);
  const ofCatalogue = featureNames.map((feature, column) => ({ feature, canBeUndefined: Number.isNaN(empty[column]) }));
  const ofClosedForm = closedForm === null ? [] : closedFormNames.map((feature) => ({ feature, canBeUndefined: true }));
  return [...ofCatalogue, ...ofClosedForm].flatMap(({ feature, canBeUndefined }) => {
    const value = fitInput(tables, closedForm, { name: feature, feature, transform: 'log1p' });
    if (value === null || !canBeUndefined) return value === null ? [] : [value];
    const defined: NamedInput = { name: `${feature}_defined`, feature, transform: 'defined' };
    // without its partner the model would refuse customers for whom the feature is undefined
    return [value, fitInput(tables, closedForm, defined) ?? { ...defined, mean: 1, sd: 1, clip }];
  });
}

type NamedInput = Pick<ModelInput, 'name' | 'feature' | 'transform'>;

function fitInput(
  tables: readonly CutTable[],
  closedForm: ModelClosedForm | null,
  named: NamedInput,
): ModelInput | null {
  // the encoder itself transforms, so that training and serving cannot drift apart
  const bare = { mean: 0, sd: 1, clip: Infinity };
  const inputs: ModelInput[] = [
    { ...named, ...bare },
    { name: 'defined', feature: named.feature, transform: 'defined', ...bare },
  ];
  const encode = createVectorEncoder({ inputs, closedForm }, featureNames);
  const out = new Float32Array(2);
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const { raw } of tables) {
    for (let at = 0; at < raw.length; at += featureNames.length) {
      if (!encode(raw, at, out, 0) || (named.transform !== 'defined' && out[1] === 0)) continue;
      count += 1;
      const delta = out[0] - mean;
      mean += delta / count;
      squares += delta * (out[0] - mean);
    }
  }
  const sd = Math.sqrt(squares / Math.max(1, count));
  return sd > leastSd ? { ...named, mean, sd, clip } : null;
}
