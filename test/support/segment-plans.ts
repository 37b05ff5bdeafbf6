import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { CustomerFacts } from '../../services/core/segments/customer-facts.ts';
import { findSegmentProblems } from '../../services/core/segments/find-segment-problems.ts';
import { compileSegments, type SegmentPlan } from '../../services/core/segments/segment-plan.ts';
import type { SegmentsDocument } from '../../services/core/segments/segments-document.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';

/** Features that the shipped configuration reads where a release has them. */
const optionalFeatures = (document: SegmentsDocument): string[] =>
  Object.values(document.measures).flatMap((rule) =>
    'feature' in rule && rule.optional && !featureNames.includes(rule.feature) ? [rule.feature] : [],
  );

const shipped = await readSegments(null, featureNames);

/** The shipped configuration, over the features of this release and all optional ones. */
export const fullNames: readonly string[] = [...featureNames, ...optionalFeatures(shipped.document)];
export const shippedPlan: SegmentPlan = compileSegments(shipped.version, shipped.document, fullNames);

/** The shipped configuration with parts replaced, checked. */
export function planWith(changes: Partial<SegmentsDocument>): SegmentPlan {
  const document = { ...shipped.document, ...changes };
  const problems = findSegmentProblems(document, fullNames);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return compileSegments('test', document, fullNames);
}

const counts = /^(?:purchase_days|orders|spend|cancell)/;

/** Facts of a customer by name: what is not named is 0 for counts and amounts, undefined for the rest. */
export function factsOf(
  named: Readonly<Record<string, number>>,
  {
    names = fullNames,
    prediction = null,
  }: { names?: readonly string[]; prediction?: CustomerFacts['prediction'] } = {},
): CustomerFacts {
  const features = Float64Array.from(names, (name) => named[name] ?? (counts.test(name) ? 0 : Number.NaN));
  for (const name of Object.keys(named)) {
    if (!names.includes(name) && !['gap_median', 'lifetime_value'].includes(name))
      throw new Error(`there is no feature ${name}`);
  }
  return {
    features,
    at: 0,
    gapMedian: named['gap_median'] ?? Number.NaN,
    prediction,
    lifetimeValue: named['lifetime_value'] ?? null,
  };
}

export const testCutoffs = [
  { scheme: 'b2b4', tier: 'strategic', cutoff: 12 },
  { scheme: 'b2b4', tier: 'important', cutoff: 8 },
  { scheme: 'b2b4', tier: 'potential', cutoff: 1.5 },
  { scheme: 'value3', tier: 'high', cutoff: 300 },
  { scheme: 'value3', tier: 'medium', cutoff: 50 },
  { scheme: 'vip3a', tier: 'vip', cutoff: 12 },
  { scheme: 'vip3a', tier: 'important', cutoff: 7 },
  { scheme: 'vip3b', tier: 'vip', cutoff: 12 },
  { scheme: 'vip3b', tier: 'high_potential', cutoff: 1.5 },
  ...[1, 2, 3, 4].flatMap((part) => [
    { scheme: 'rfm', tier: `recency.${part}`, cutoff: 20 * part },
    { scheme: 'rfm', tier: `frequency.${part}`, cutoff: 2 * part },
    { scheme: 'rfm', tier: `monetary.${part}`, cutoff: 100 * part },
  ]),
];
