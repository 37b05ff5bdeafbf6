import { DDSketch } from '@datadog/sketches-js';
import { compileCondition, type Test } from './compile-condition.ts';
import type { Cutoff } from './cutoffs.ts';
import type { MeasureSet } from './measure-set.ts';
import { rfmCutoffName, rfmDimensions } from './rfm-dimensions.ts';
import type { SegmentPlan } from './segment-plan.ts';
import type { CriteriaScheme, RfmScheme, ShareScheme } from './segments-document.ts';

/** Every call goes through all customers once; the values may be one array that is written anew for each. */
export type EachCustomer = (visit: (values: Float64Array) => void) => void;

export interface ProposalRequest {
  readonly plan: SegmentPlan;
  /** Empty: for every tenant that has no cut-offs of its own. */
  readonly tenant: string;
  readonly eachCustomer: EachCustomer;
}

/** Relative error of a cut-off. */
const accuracy = 0.001;

/**
 * Cut-offs of every scheme as quantiles of the customers given, by a sketch (DDSketch; Masson, Rim & Lee, VLDB 2019) whose
 * memory does not grow with their number. A cut-off is at most 0.1 % away from the value it stands for, and a whole
 * number where all values are whole, so that counts below 500 are exact. Where nobody has a value there is no cut-off.
 */
export function proposeCutoffs(request: ProposalRequest): readonly Cutoff[] {
  const cutoffs: Cutoff[] = [];
  for (const [name, rule] of Object.entries(request.plan.document.schemes)) {
    const scheme = request.tenant === '' ? name : `${request.tenant}/${name}`;
    const found = rule.mode === 'share' ? shares(rule, request) : quantiles(wantedOf(rule), request);
    for (const [tier, cutoff] of found) cutoffs.push({ scheme, tier, cutoff });
  }
  return cutoffs;
}

interface Wanted {
  readonly name: string;
  readonly measure: string;
  readonly quantile: number;
  readonly among: CriteriaScheme['cutoffs'][string]['among'];
}

function wantedOf(rule: CriteriaScheme | RfmScheme): readonly Wanted[] {
  if (rule.mode === 'criteria') {
    return Object.entries(rule.cutoffs).map(([name, { measure, quantile, among }]) => ({
      name, measure, quantile, among,
    })); // prettier-ignore
  }
  const { parts, among } = rule;
  return rfmDimensions.flatMap((dimension) =>
    Array.from({ length: parts - 1 }, (_, i) => ({
      name: rfmCutoffName(dimension, i + 1),
      measure: rule[dimension],
      quantile: (i + 1) / parts,
      among,
    })),
  );
}

function quantiles(wanted: readonly Wanted[], { plan, tenant, eachCustomer }: ProposalRequest): [string, number][] {
  const { parameters } = plan.settingsOf(tenant);
  const scope = { measures: plan.measures, hysteresis: 0, valueOf: (name: string) => parameters[name] ?? NaN };
  const sketches = wanted.map(({ measure, among }) => ({
    sketch: new Sketch(plan.measures, measure),
    isAmong: among === undefined ? everybody : compileCondition(among, scope),
  }));
  eachCustomer((values) => {
    for (const { sketch, isAmong } of sketches) if (isAmong(values, false)) sketch.add(values);
  });
  return wanted.flatMap(({ name, quantile }, i): [string, number][] => {
    const cutoff = sketches[i].sketch.quantile(quantile);
    return cutoff === null ? [] : [[name, cutoff]];
  });
}

const everybody: Test = () => true;

/** One pass for each tier: its quantile is one of those whom the tiers before it left. */
function shares({ tiers }: ShareScheme, { plan, eachCustomer }: ProposalRequest): [string, number][] {
  const found: [string, number][] = [];
  const taken: { readonly at: number; readonly cutoff: number }[] = [];
  let rest = 1;
  for (const { name, by, share } of tiers) {
    if (by === undefined) continue;
    const sketch = new Sketch(plan.measures, by);
    eachCustomer((values) => {
      if (!taken.some(({ at, cutoff }) => values[at] >= cutoff)) sketch.add(values);
    });
    const cutoff = sketch.quantile(1 - share / rest);
    rest -= share;
    if (cutoff === null) continue;
    found.push([name, cutoff]);
    taken.push({ at: plan.measures.indexOf(by), cutoff });
  }
  return found;
}

class Sketch {
  readonly #sketch = new DDSketch({ relativeAccuracy: accuracy });
  readonly #at: number;
  #isWhole = true;

  constructor(measures: MeasureSet, measure: string) {
    this.#at = measures.indexOf(measure);
  }

  add(values: Float64Array): void {
    const value = values[this.#at];
    if (!Number.isFinite(value)) return;
    this.#sketch.accept(value);
    if (this.#isWhole && !Number.isInteger(value)) this.#isWhole = false;
  }

  quantile(share: number): number | null {
    if (this.#sketch.count === 0) return null;
    const value = this.#sketch.getValueAtQuantile(Math.min(Math.max(share, 0), 1));
    return this.#isWhole ? Math.round(value) : value;
  }
}
