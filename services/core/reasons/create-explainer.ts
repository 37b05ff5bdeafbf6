import type { ExplainableModel } from '../ports/explainable-model.ts';
import { inOneGo, type Sliced } from '../sliced.ts';
import { createVectorEncoder } from '../scoring/encode-vector.ts';
import { readHeads } from '../scoring/read-heads.ts';
import type { Explanation, Reason } from './explanation.ts';
import { logValue } from './log-value.ts';
import { byReason, createReasonFinder, type FoundReasons } from './reason-finder.ts';
import type { ReasonCode } from './reason-code.ts';
import { remedyText } from './remedy-text.ts';

/**
 * Explains the raw feature vector of one customer (`featureNames.length` values).
 * @returns null when the model must not score the vector (`VectorEncoder`)
 */
export type Explainer = (raw: Float64Array, currency: string) => Explanation | null;

/** The same in slices. One customer at a time: an explainer's next customer ends the one before. */
export type SlicedExplainer = (raw: Float64Array, currency: string) => Sliced<Explanation | null>;

/** Builds an explainer that does all of a customer in one go. */
export function createExplainer(model: ExplainableModel, featureNames: readonly string[]): Explainer {
  const explain = createSlicedExplainer(model, featureNames);
  return (raw, currency) => inOneGo(explain(raw, currency));
}

/**
 * Builds the explainer of one model. A customer is compared with the model's baseline, or the mean of its inputs where it
 * names none; the log value is explained as well.
 */
export function createSlicedExplainer(model: ExplainableModel, featureNames: readonly string[]): SlicedExplainer {
  const { inputs, baseline: named, calibration } = model.manifest;
  const encode = createVectorEncoder(model.manifest, featureNames);
  const { baseline, integrate, find } = createReasonFinder(model, featureNames);
  const valueFigure = logValue(calibration.sigmaCap);
  return function* explain(raw, currency) {
    const vector = new Float32Array(inputs.length);
    if (!encode(raw, 0, vector, 0)) return null;
    const found = yield* find({ raw, at: 0, vector, currency });
    const [churn90, ...without] = predictWithout(model, { baseline, vector }, found);
    return {
      comparedWith: named === undefined ? 'mean' : 'median',
      churn90,
      reasons: found.told.map(({ code, contribution, text }, i): Reason => ({
        code,
        contribution,
        text,
        riskWithout: without[i],
        remedy: remedyText(code, churn90, without[i]),
      })),
      risk: found.risk,
      value: byReason(yield* integrate(valueFigure, baseline, vector), found.codes),
    };
  };
}

/** Calibrated P90 of the customer, and with the inputs of each reason as in the baseline; one call of the model. */
function predictWithout(
  { manifest, predict }: ExplainableModel,
  { baseline, vector }: { readonly baseline: Float32Array; readonly vector: Float32Array },
  { told, codes }: FoundReasons,
): number[] {
  const typical = (code: ReasonCode) => vector.map((input, i) => (codes[i] === code ? baseline[i] : input));
  const rows = [vector, ...told.map(({ code }) => typical(code))];
  const matrix = new Float32Array(rows.length * vector.length);
  rows.forEach((row, i) => matrix.set(row, i * vector.length));
  const heads = predict(rows.length, matrix);
  return rows.map((_, i) => readHeads(heads, i * manifest.outputs.length, manifest.calibration).churn.p90);
}
