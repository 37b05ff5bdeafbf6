import type { ExplainableModel } from '../ports/explainable-model.ts';
import { createVectorEncoder } from '../scoring/encode-vector.ts';
import { readHeads } from '../scoring/read-heads.ts';
import { decodeInput } from './decode-input.ts';
import type { ExplainedDifference, Explanation, Reason } from './explanation.ts';
import { featureMeaning } from './feature-meaning.ts';
import { formatFigure } from './format-figure.ts';
import { isAdverse } from './is-adverse.ts';
import { integrateGradients, type Attribution } from './integrated-gradients.ts';
import { logValue } from './log-value.ts';
import { readFeatures, type ReadFeature } from './read-features.ts';
import { reasonCodes, type ReasonCode } from './reason-code.ts';
import { reasonText, type NamedFigure } from './reason-text.ts';
import { remedyText } from './remedy-text.ts';
import { silenceLogit } from './silence-logit.ts';

/**
 * Explains the raw feature vector of one customer (`featureNames.length` values).
 * @returns null when the model must not score the vector (`VectorEncoder`)
 */
export type Explainer = (raw: Float64Array, currency: string) => Explanation | null;

/** Reasons that are told, at most, and figures that each of them names. */
const most = { reasons: 4, figures: 2 } as const;

/** A model with all that does not change from customer to customer. */
interface Setting {
  readonly model: ExplainableModel;
  readonly featureNames: readonly string[];
  readonly baseline: Float32Array;
  readonly features: readonly ReadFeature[];
}

/** A feature of one customer. */
interface Figure {
  readonly read: ReadFeature;
  readonly own: number;
  readonly typical: number;
  /** Whether it bears out the reason that its feature counts towards. */
  readonly isAdverse: boolean;
  readonly code: ReasonCode;
}

/** One customer, encoded, with the reason that each input counts towards. */
interface Subject {
  readonly vector: Float32Array;
  readonly figures: readonly Figure[];
  readonly codes: readonly ReasonCode[];
  readonly currency: string;
}

/**
 * Builds the explainer of one model. A customer is compared with the model's baseline, or the mean of its inputs where it
 * names none; the log value is explained as well.
 */
export function createExplainer(model: ExplainableModel, featureNames: readonly string[]): Explainer {
  const { inputs, baseline, calibration } = model.manifest;
  const encode = createVectorEncoder(model.manifest, featureNames);
  const setting: Setting = {
    model,
    featureNames,
    baseline: Float32Array.from(inputs, (_, i) => baseline?.[i] ?? 0),
    features: readFeatures(inputs),
  };
  const valueFigure = logValue(calibration.sigmaCap);
  return (raw, currency) => {
    const vector = new Float32Array(inputs.length);
    if (!encode(raw, 0, vector, 0)) return null;
    const subject = describeSubject(setting, raw, vector, currency);
    const risk = integrateGradients(model, silenceLogit, setting.baseline, vector);
    const value = integrateGradients(model, valueFigure, setting.baseline, vector);
    const explained = toDifference(risk, subject.codes);
    return {
      comparedWith: baseline === undefined ? 'mean' : 'median',
      ...findReasons(setting, subject, risk, explained.contributions),
      risk: explained,
      value: toDifference(value, subject.codes),
    };
  };
}

function describeSubject(setting: Setting, raw: Float64Array, vector: Float32Array, currency: string): Subject {
  const figures = setting.features.map((read) => toFigure(setting, raw, vector, read));
  const codes = Array.from(vector, (): ReasonCode => 'other');
  for (const { read, code } of figures) for (const input of read.inputs) codes[input] = code;
  return { vector, figures, codes, currency };
}

/** Only silence is seen as a whole; whatever does not bear out another reason is `other`. */
function toFigure(
  { baseline, featureNames }: Setting,
  raw: Float64Array,
  vector: Float32Array,
  read: ReadFeature,
): Figure {
  const { feature, value } = read;
  const column = featureNames.indexOf(feature);
  const decode = (row: Float32Array): number =>
    value === null ? Number.NaN : decodeInput(value.input, row[value.index]);
  const own = column < 0 ? decode(vector) : raw[column];
  const typical = decode(baseline);
  const { code } = featureMeaning(feature);
  const adverse = isAdverse(feature, own, typical);
  return { read, own, typical, isAdverse: adverse, code: adverse || code === 'silence' ? code : 'other' };
}

function toDifference(attribution: Attribution, codes: readonly ReasonCode[]): ExplainedDifference {
  const contributions = Object.fromEntries(reasonCodes.map((code) => [code, 0])) as Record<ReasonCode, number>;
  attribution.contributions.forEach((contribution, i) => (contributions[codes[i]] += contribution));
  return { baseline: attribution.from, customer: attribution.to, contributions, steps: attribution.steps };
}

function findReasons(
  setting: Setting,
  subject: Subject,
  risk: Attribution,
  contributions: ExplainedDifference['contributions'],
): Pick<Explanation, 'churn90' | 'reasons'> {
  const told = reasonCodes
    .filter((code) => contributions[code] > 0 && leadingFigures(subject, code, risk).length > 0)
    .sort((a, b) => contributions[b] - contributions[a])
    .slice(0, most.reasons);
  const [churn90, ...without] = predictWithout(setting, subject, told);
  const reasons = told.map((code, i): Reason => ({
    code,
    contribution: contributions[code],
    text: reasonText(code, leadingFigures(subject, code, risk)),
    riskWithout: without[i],
    remedy: remedyText(code, churn90, without[i]),
  }));
  return { churn90, reasons };
}

/** Calibrated P90 of the customer, and with the inputs of each reason as in the baseline; one call of the model. */
function predictWithout(
  { model, baseline }: Setting,
  { vector, codes }: Subject,
  told: readonly ReasonCode[],
): number[] {
  const rows = [vector, ...told.map((code) => vector.map((input, i) => (codes[i] === code ? baseline[i] : input)))];
  const matrix = new Float32Array(rows.length * vector.length);
  rows.forEach((row, i) => matrix.set(row, i * vector.length));
  const { outputs, calibration } = model.manifest;
  const heads = model.predict(rows.length, matrix);
  return rows.map((_, i) => readHeads(heads, i * outputs.length, calibration).churn.p90);
}

/** The figures that add most to a reason; the customer's own before those that a model makes of them. */
function leadingFigures(
  { figures, currency }: Subject,
  code: ReasonCode,
  { contributions }: Attribution,
): NamedFigure[] {
  return figures
    .map((figure) => ({ ...figure, weight: figure.read.inputs.reduce((sum, i) => sum + contributions[i], 0) }))
    .filter((figure) => figure.code === code && figure.isAdverse && figure.weight > 0 && figure.read.value !== null)
    .sort((a, b) => Number(b.read.isOwn) - Number(a.read.isOwn) || b.weight - a.weight)
    .slice(0, most.figures)
    .map(({ read: { feature, unit }, own, typical }) => ({
      feature,
      own: formatFigure(own, unit, currency),
      typical: formatFigure(typical, unit, currency),
    }));
}
