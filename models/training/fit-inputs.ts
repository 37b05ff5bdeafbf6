import { closedFormNames } from '../../services/core/btyd/closed-form.ts';
import { emptyFeatures } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder, type VectorEncoder } from '../../services/core/scoring/encode-vector.ts';
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
  const candidates = [...ofCatalogue, ...ofClosedForm].map(({ feature, canBeUndefined }) => ({
    value: startFit({ name: feature, feature, transform: 'log1p' }, closedForm),
    partner: canBeUndefined
      ? startFit({ name: `${feature}_defined`, feature, transform: 'defined' }, closedForm)
      : null,
  }));
  for (const { vectors } of tables) {
    // one cut at a time: the vectors of all of them would be the largest thing in memory
    const raw = vectors.unpack();
    for (const { value, partner } of candidates) {
      addRows(value, raw);
      if (partner !== null) addRows(partner, raw);
    }
  }
  return candidates.flatMap(({ value, partner }) => {
    const input = finishFit(value);
    if (input === null || partner === null) return input === null ? [] : [input];
    // without its partner the model would refuse customers for whom the feature is undefined
    return [input, finishFit(partner) ?? { ...partner.named, mean: 1, sd: 1, clip }];
  });
}

type NamedInput = Pick<ModelInput, 'name' | 'feature' | 'transform'>;

/** Moments of one input over the rows so far. */
interface InputFit {
  readonly named: NamedInput;
  readonly encode: VectorEncoder;
  count: number;
  mean: number;
  squares: number;
}

function startFit(named: NamedInput, closedForm: ModelClosedForm | null): InputFit {
  // the encoder itself transforms, so that training and serving cannot drift apart
  const bare = { mean: 0, sd: 1, clip: Infinity };
  const inputs: ModelInput[] = [
    { ...named, ...bare },
    { name: 'defined', feature: named.feature, transform: 'defined', ...bare },
  ];
  return { named, encode: createVectorEncoder({ inputs, closedForm }, featureNames), count: 0, mean: 0, squares: 0 };
}

function addRows(fit: InputFit, raw: Float64Array): void {
  const { named, encode } = fit;
  const out = new Float32Array(2);
  for (let at = 0; at < raw.length; at += featureNames.length) {
    if (!encode(raw, at, out, 0) || (named.transform !== 'defined' && out[1] === 0)) continue;
    fit.count += 1;
    const delta = out[0] - fit.mean;
    fit.mean += delta / fit.count;
    fit.squares += delta * (out[0] - fit.mean);
  }
}

function finishFit({ named, count, mean, squares }: InputFit): ModelInput | null {
  const sd = Math.sqrt(squares / Math.max(1, count));
  return sd > leastSd ? { ...named, mean, sd, clip } : null;
}
