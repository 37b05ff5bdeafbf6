import type { Change } from '../../core/quality/clean-fields.ts';

/** Begins the names of the sealed fields that hold what values were before a rule changed them. */
export const originalsPrefix = 'cleaned:';

/**
 * What was sent, for the envelope: one field per rule that acted, so that its name tells of the rule in clear, and its
 * sealed content, pointer to value, undoes it.
 */
export function collectOriginals(changes: readonly Change[]): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const byRule = new Map<string, [string, unknown][]>();
  for (const { rule, pointer, was } of changes) {
    const name = originalsPrefix + rule;
    const list = byRule.get(name);
    if (list === undefined) byRule.set(name, [[pointer, was]]);
    else list.push([pointer, was]);
  }
  return new Map([...byRule].map(([name, list]) => [name, Object.fromEntries(list)]));
}
