import type { FoundProperty } from './find-properties.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * The properties under our names: found ones are moved to the top under their name, or left out where the name is null;
 * all others stay where they are.
 * @param moves property → our name of it, or null
 */
export function moveProperties(properties: Values, moves: ReadonlyMap<FoundProperty, string | null>): Values {
  const moved = [...moves].filter(([{ path }, name]) => path.length > 1 || path[0] !== name);
  if (moved.length === 0) return properties;
  const rest = moved.reduce((values, [{ path }]) => (path.length > 1 ? without(values, path) : values), properties);
  const top = new Set(moved.flatMap(([{ path }]) => (path.length > 1 ? [] : path)));
  const named = moved.flatMap(([{ value }, name]): [string, unknown][] => (name === null ? [] : [[name, value]]));
  // Entries, not assignments: a key may be called __proto__.
  return Object.fromEntries([...Object.entries(rest).filter(([name]) => !top.has(name)), ...named]);
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
