import { setMember } from '../set-member.ts';
import type { FoundProperty } from './find-properties.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * The properties under our names: found ones are moved to the top under their name, or left out where the name is null;
 * all others stay where they are.
 * @param moves property → our name of it, or null
 */
export function moveProperties(properties: Values, moves: ReadonlyMap<FoundProperty, string | null>): Values {
  let rest = properties;
  const moved = new Set<string>();
  const named: [string, unknown][] = [];
  for (const [{ path, value }, name] of moves) {
    if (path.length === 1 && path[0] === name) continue;
    if (path.length > 1) rest = without(rest, path);
    else moved.add(path[0]);
    if (name !== null) named.push([name, value]);
  }
  if (moved.size === 0 && rest === properties) return properties;
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(rest)) if (!moved.has(key)) setMember(values, key, rest[key]);
  for (const [name, value] of named) setMember(values, name, value);
  return values;
}

function without(values: Values, [key, ...deeper]: readonly string[]): Values {
  const entries = Object.entries(values);
  if (deeper.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, unknown][] => {
      if (name !== key) return [[name, value]];
      const rest = without(value as Values, deeper);
      return Object.keys(rest).length === 0 ? [] : [[name, rest]];
    }),
  );
}
