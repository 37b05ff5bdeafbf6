import type { ExplainableModel } from '../ports/explainable-model.ts';
import type { Sliced } from '../sliced.ts';
import type { BilingualText } from './bilingual-text.ts';
import { decodeInput } from './decode-input.ts';
import type { ExplainedDifference } from './explanation.ts';
import { featureMeaning } from './feature-meaning.ts';
import { formatFigure } from './format-figure.ts';
import { createIntegratedGradients, type Attribution, type IntegratedGradients } from './integrated-gradients.ts';
import { isAdverse } from './is-adverse.ts';
import { readFeatures, type ReadFeature } from './read-features.ts';
import { reasonCodes, type ReasonCode } from './reason-code.ts';
import { reasonText, type NamedFigure } from './reason-text.ts';
import { silenceLogit } from './silence-logit.ts';

/** One customer. */
export interface FoundFor {
  /** Raw features of `featureNames.length` values, beginning at `at`. */
  readonly raw: Float64Array;
  readonly at: number;
  /** The same, encoded. */
  readonly vector: Float32Array;
  readonly currency: string;
}

export interface FoundReasons {
  /** The reason that each input counts towards. */
  readonly codes: readonly ReasonCode[];
  readonly risk: ExplainedDifference;
  /** Those that add to the risk and have a figure to name, the strongest first, at most four. */
  readonly told: readonly { readonly code: ReasonCode; readonly contribution: number; readonly text: BilingualText }[];
}

export interface ReasonFinder {
  readonly baseline: Float32Array;
  readonly integrate: IntegratedGradients;
  /** @param maxSteps steps that the integration takes at most */
  find(customer: FoundFor, maxSteps?: number): Sliced<FoundReasons>;
}

/** Reasons that are told, at most, and figures that each of them names. */
const most = { reasons: 4, figures: 2 } as const;

/** A feature of one customer. */
interface Figure {
  readonly read: ReadFeature;
  readonly own: number;
  readonly typical: number;
  /** Whether it bears out the reason that its feature counts towards. */
  readonly isAdverse: boolean;
  readonly code: ReasonCode;
}

/** A feature that the model reads, where the raw vector has it, and what the baseline says of it. */
interface Column {
  readonly read: ReadFeature;
  /** Below 0 where the raw vector has none. */
  readonly column: number;
  readonly typical: number;
}

/** Finds the reasons of one model against its baseline, or the mean of its inputs where it names none. */
export function createReasonFinder(model: ExplainableModel, featureNames: readonly string[]): ReasonFinder {
  const { inputs, baseline: named } = model.manifest;
  const baseline = Float32Array.from(inputs, (_, i) => named?.[i] ?? 0);
  const columns = readFeatures(inputs).map((read): Column => ({
    read,
    column: featureNames.indexOf(read.feature),
    typical: decode(read, baseline),
  }));
  const integrate = createIntegratedGradients(model);
  return {
    baseline,
    integrate,
    *find(customer, maxSteps) {
      const figures = columns.map((column) => toFigure(column, customer));
      const codes = Array.from(customer.vector, (): ReasonCode => 'other');
      for (const { read, code } of figures) for (const input of read.inputs) codes[input] = code;
      const attribution = yield* integrate(silenceLogit, baseline, customer.vector, maxSteps);
      const risk = byReason(attribution, codes);
      return { codes, risk, told: tell(figures, attribution, risk, customer.currency) };
    },
  };
}

/** An attribution by reason instead of by input. */
export function byReason(attribution: Attribution, codes: readonly ReasonCode[]): ExplainedDifference {
  const contributions = Object.fromEntries(reasonCodes.map((code) => [code, 0])) as Record<ReasonCode, number>;
  attribution.contributions.forEach((contribution, i) => (contributions[codes[i]] += contribution));
  return { baseline: attribution.from, customer: attribution.to, contributions, steps: attribution.steps };
}

function decode({ value }: ReadFeature, row: Float32Array): number {
  return value === null ? Number.NaN : decodeInput(value.input, row[value.index]);
}

/** Only silence is seen as a whole; whatever does not bear out another reason is `other`. */
function toFigure({ read, column, typical }: Column, { raw, at, vector }: FoundFor): Figure {
  const own = column < 0 ? decode(read, vector) : raw[at + column];
  const { code } = featureMeaning(read.feature);
  const adverse = isAdverse(read.feature, own, typical);
  return { read, own, typical, isAdverse: adverse, code: adverse || code === 'silence' ? code : 'other' };
}

function tell(
  figures: readonly Figure[],
  { contributions }: Attribution,
  risk: ExplainedDifference,
  currency: string,
): FoundReasons['told'] {
  const weighed = figures.map((figure) => ({
    ...figure,
    weight: figure.read.inputs.reduce((sum, i) => sum + contributions[i], 0),
  }));
  return reasonCodes
    .filter((code) => risk.contributions[code] > 0)
    .sort((a, b) => risk.contributions[b] - risk.contributions[a])
    .map((code) => ({ code, leading: leadingFigures(weighed, code) }))
    .filter(({ leading }) => leading.length > 0)
    .slice(0, most.reasons)
    .map(({ code, leading }) => ({
      code,
      contribution: risk.contributions[code],
      text: reasonText(code, leading.map((figure) => name(figure, currency))),
    })); // prettier-ignore
}

/** The figures that add most to a reason; the customer's own before those that a model makes of them. */
function leadingFigures<F extends Figure & { readonly weight: number }>(figures: readonly F[], code: ReasonCode): F[] {
  return figures
    .filter((figure) => figure.code === code && figure.isAdverse && figure.weight > 0 && figure.read.value !== null)
    .sort((a, b) => Number(b.read.isOwn) - Number(a.read.isOwn) || b.weight - a.weight)
    .slice(0, most.figures);
}

function name({ read: { feature, unit }, own, typical }: Figure, currency: string): NamedFigure {
  return { feature, own: formatFigure(own, unit, currency), typical: formatFigure(typical, unit, currency) };
}
