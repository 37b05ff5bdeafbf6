import type { EffectReport } from './effect-report.ts';

/** `playbook|segment` of everybody whom a playbook must leave alone, for it drives them away. */
export function suppressedSegments({ segments }: EffectReport): ReadonlySet<string> {
  return new Set(segments.flatMap(({ harms, playbook, segment }) => (harms ? [`${playbook}|${segment}`] : [])));
}
