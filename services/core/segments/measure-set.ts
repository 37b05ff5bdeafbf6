import { type CustomerFacts, factNames, predictedFacts } from './customer-facts.ts';
import { sourcesOf } from './measure-sources.ts';
import type { MeasureRule } from './segments-document.ts';

/** Every measure that conditions can name, each with its place in one array of numbers. */
export interface MeasureSet {
  readonly names: readonly string[];
  /** Place of a measure; -1 for a name that is none. */
  indexOf(name: string): number;
  /** Whether a measure depends, directly or not, on what a model says. */
  isPredicted(name: string): boolean;
  /** Computes all measures of one customer into `values`, NaN where one is undefined. */
  write(facts: CustomerFacts, values: Float64Array): void;
}

type Step = (values: Float64Array) => number;

/**
 * @param rules in order: one may read features, facts and the rules before it; names must be checked before
 * @param featureNames names of the feature vector, in order
 */
export function createMeasureSet(
  rules: Readonly<Record<string, MeasureRule>>,
  featureNames: readonly string[],
): MeasureSet {
  const names: string[] = [...featureNames, ...factNames];
  const places = new Map(names.map((name, index) => [name, index]));
  const predicted = new Set(predictedFacts);
  const steps: Step[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const sources = sourcesOf(rule);
    if (sources.some((source) => predicted.has(source))) predicted.add(name);
    steps.push(compileRule(rule, places));
    places.set(name, names.length);
    names.push(name);
  }
  const width = featureNames.length;
  const firstStep = width + factNames.length;
  return {
    names,
    indexOf: (name) => places.get(name) ?? -1,
    isPredicted: (name) => predicted.has(name),
    write(facts, values) {
      const { features, at } = facts;
      for (let i = 0; i < width; i++) values[i] = features[at + i];
      writeFacts(facts, values, width);
      for (let i = 0; i < steps.length; i++) values[firstStep + i] = steps[i](values);
    },
  };
}

function writeFacts({ gapMedian, prediction, lifetimeValue }: CustomerFacts, values: Float64Array, at: number): void {
  values[at] = gapMedian;
  values[at + 1] = prediction?.churn.p90 ?? Number.NaN;
  values[at + 2] = prediction?.expectedSpend.mean ?? Number.NaN;
  values[at + 3] = prediction?.expectedPurchases ?? Number.NaN;
  values[at + 4] = lifetimeValue ?? Number.NaN;
}

function compileRule(rule: MeasureRule, places: ReadonlyMap<string, number>): Step {
  if ('feature' in rule) {
    const place = places.get(rule.feature);
    return place === undefined ? () => Number.NaN : (values) => values[place];
  }
  if ('weights' in rule) return compileSum(rule, places);
  const of = places.get(rule.of) ?? -1;
  const to = places.get(rule.to) ?? -1;
  const { times } = rule;
  return (values) => (values[to] === 0 ? Number.NaN : (times * values[of]) / values[to]);
}

function compileSum(
  { weights, scale }: Extract<MeasureRule, { readonly weights: unknown }>,
  places: ReadonlyMap<string, number>,
): Step {
  const from = Object.keys(weights).map((name) => places.get(name) ?? -1);
  const factors = Object.values(weights);
  const isLog = scale === 'log';
  return (values) => {
    let sum = 0;
    for (let i = 0; i < from.length; i++) {
      const value = values[from[i]];
      if (value > 0) sum += factors[i] * (isLog ? Math.log1p(value) : value);
    }
    return sum;
  };
}
