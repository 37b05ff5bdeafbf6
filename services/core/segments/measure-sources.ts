import type { MeasureRule } from './segments-document.ts';

/** Names of the measures that a rule reads. */
export function sourcesOf(rule: MeasureRule): readonly string[] {
  if ('feature' in rule) return [rule.feature];
  return 'weights' in rule ? Object.keys(rule.weights) : [rule.of, rule.to];
}
