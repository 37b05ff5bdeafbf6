import { setMember } from '../set-member.ts';
import type { FoundProperty } from './find-properties.ts';

type Values = Readonly<Record<string, unknown>>;

export interface PropertyMove {
  readonly property: FoundProperty;
  /** Our name of it; null where it is left out. */
  readonly name: string | null;
}

/**
 * The properties under our names: found ones are moved to the top under their name, or left out where the name is null;
 * all others stay where they are.
 * @param moves few: at most one for each of our names
 */
export function moveProperties(properties: Values, moves: readonly PropertyMove[]): Values {
  let rest = properties;
  const moved: string[] = [];
  const staying = ({ property: { path }, name }: PropertyMove): boolean => path.length === 1 && path[0] === name;
  for (const move of moves) {
    const { path } = move.property;
    if (path.length > 1) rest = without(rest, path);
    else if (!staying(move)) moved.push(path[0]);
  }
  if (moved.length === 0 && rest === properties) return properties;
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(rest)) if (!moved.includes(key)) setMember(values, key, rest[key]);
  for (const move of moves) {
    if (move.name !== null && !staying(move)) setMember(values, move.name, move.property.value);
  }
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
