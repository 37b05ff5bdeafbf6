import { normaliseName } from './normalise-name.ts';
import type { PropertyIndex } from './property-index.ts';

/** A property under one of our names. */
export interface FoundProperty {
  /** As the sender spelled it: keys from the outside in. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The best property for one of our names. */
export interface NamedProperty extends FoundProperty {
  readonly name: string;
}

interface Ranked extends NamedProperty {
  readonly rank: number;
}

/** Values without statement rank behind all others. */
const nothingSaid = 1_000_000;

type Values = Readonly<Record<string, unknown>>;

/**
 * The best property for each of our names: one that says something before one that is null, our own spelling before
 * others, then the plan's order.
 * @param ranked names whose own spelling has no precedence: the plan's order alone counts
 */
export function findProperties(
  properties: Values,
  index: PropertyIndex,
  ranked: ReadonlySet<string>,
): readonly NamedProperty[] {
  /** In the order in which the names were seen first; few, so that looking through them costs less than a map. */
  const found: Ranked[] = [];
  visit(properties, index, []);
  return found;

  function visit(values: Values, level: PropertyIndex, outer: readonly string[]): void {
    for (const key of Object.keys(values)) {
      const node = level.get(normaliseName(key));
      if (node === undefined) continue;
      const value = values[key];
      if (node.target !== null) {
        const { name, rank } = node.target;
        const isOwn = outer.length === 0 && key === name && !ranked.has(name);
        keep({ name, path: below(outer, key), value, rank: value == null ? nothingSaid + rank : isOwn ? -1 : rank });
      }
      if (node.below.size > 0 && isValues(value)) visit(value, node.below, below(outer, key));
    }
  }

  function keep(each: Ranked): void {
    const at = found.findIndex(({ name }) => name === each.name);
    if (at < 0) found.push(each);
    else if (each.rank < found[at].rank) found[at] = each;
  }
}

/** Nearly all stand at the top. */
function below(outer: readonly string[], key: string): readonly string[] {
  return outer.length === 0 ? [key] : [...outer, key];
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
