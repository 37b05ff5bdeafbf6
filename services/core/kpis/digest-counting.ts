import type { Digest } from '../ports/digest.ts';
import type { CountingRule } from './kpi-document.ts';

/** Sixteen hex digits that differ where the rules count something else; the order of a list counts for nothing. */
export function digestCounting(counting: CountingRule, { sha256Hex }: Pick<Digest, 'sha256Hex'>): string {
  const rules = Object.entries(counting).map(([name, rule]: [string, number | readonly string[]]) => {
    return [name, typeof rule === 'number' ? rule : [...new Set(rule)].sort()] as const;
  });
  return sha256Hex(JSON.stringify(rules.sort(([one], [other]) => (one < other ? -1 : 1)))).slice(0, 16);
}
