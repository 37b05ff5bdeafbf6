import { closedFormNames, createClosedForm, type ClosedForm } from '../btyd/closed-form.ts';
import type { ModelInput, ModelManifest } from './model-manifest.ts';

/**
 * Encodes the raw feature vector at `raw[rawAt…]` into model inputs at `out[outAt…]`.
 * @returns false when the row must not be scored: a feature the model reads is infinite, or it is undefined (NaN) and
 * the model has no `defined` input for it, that is, was never trained on its absence. `out` is then partly written.
 */
export type VectorEncoder = (raw: Float64Array, rawAt: number, out: Float32Array, outAt: number) => boolean;

/**
 * Builds the encoder of one model. Everything by name is resolved here, once; per row there is only arithmetic. Inputs
 * may read the closed form, which is computed from the same raw vector.
 * An undefined feature becomes its mean (0 after standardising), and its `defined` partner says 0.
 * @param manifest a valid manifest (`validateManifest` found nothing)
 * @param featureNames names of the raw vector's columns, in order
 * @throws RangeError when an input reads a feature that is neither among `featureNames` nor of the closed form
 */
export function createVectorEncoder(
  manifest: Pick<ModelManifest, 'inputs' | 'closedForm'>,
  featureNames: readonly string[],
): VectorEncoder {
  const closedForm = closedFormOf(manifest, featureNames);
  const derived = new Float64Array(closedFormNames.length);
  const known = closedForm === null ? featureNames : [...featureNames, ...closedFormNames];
  const plans = manifest.inputs.map((input) => planInput(input, manifest.inputs, known));
  const width = featureNames.length;
  return (raw, rawAt, out, outAt) => {
    closedForm?.(raw, rawAt, derived, 0);
    for (let i = 0; i < plans.length; i++) {
      const plan = plans[i];
      const { column } = plan;
      const value = encodeInput(plan, column < width ? raw[rawAt + column] : derived[column - width]);
      if (Number.isNaN(value)) return false;
      out[outAt + i] = value;
    }
    return true;
  };
}

function closedFormOf(
  { inputs, closedForm }: Pick<ModelManifest, 'inputs' | 'closedForm'>,
  featureNames: readonly string[],
): ClosedForm | null {
  const names: readonly string[] = closedFormNames;
  const isRead = closedForm !== null && inputs.some(({ feature }) => names.includes(feature));
  return isRead ? createClosedForm(closedForm.parameters, closedForm.horizonDays, featureNames) : null;
}

interface InputPlan {
  readonly column: number;
  readonly transform: ModelInput['transform'];
  readonly unit: number;
  readonly mean: number;
  readonly sd: number;
  readonly clip: number;
  /** Encoded value of an undefined feature; NaN where the model does not know its absence. */
  readonly absent: number;
}

function planInput(input: ModelInput, all: readonly ModelInput[], featureNames: readonly string[]): InputPlan {
  const column = featureNames.indexOf(input.feature);
  if (column < 0) throw new RangeError(`model input ${input.name} reads the unknown feature ${input.feature}`);
  const hasPartner = all.some((other) => other.feature === input.feature && other.transform === 'defined');
  const { transform, unit = 1, mean, sd, clip } = input;
  return { column, transform, unit, mean, sd, clip, absent: hasPartner ? 0 : NaN };
}

function encodeInput(plan: InputPlan, value: number): number {
  if (value === Infinity || value === -Infinity) return NaN;
  const isAbsent = Number.isNaN(value);
  if (plan.transform === 'defined') return standardise(plan, isAbsent ? 0 : 1);
  if (isAbsent) return plan.absent;
  const scaled = value / plan.unit;
  return standardise(plan, plan.transform === 'log1p' ? signedLog1p(scaled) : scaled);
}

function standardise(plan: InputPlan, value: number): number {
  const z = (value - plan.mean) / plan.sd;
  return z > plan.clip ? plan.clip : z < -plan.clip ? -plan.clip : z;
}

function signedLog1p(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}
