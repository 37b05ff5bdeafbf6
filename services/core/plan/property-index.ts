import { normaliseName } from './normalise-name.ts';
import type { PropertyNames } from './plan-document.ts';

/** What is known about properties of one (normalised) name at one level of nesting. */
export interface PropertyNode {
  /** Our name, and the rank of this spelling among those of our name (0 is the most reliable); null on the way only. */
  target: { readonly name: string; readonly rank: number } | null;
  readonly below: PropertyIndex;
}

export type PropertyIndex = Map<string, PropertyNode>;

/**
 * Where properties may stand. A spelling belongs to the first of our names that claims it.
 * @param names our name → senders' names, in order of precedence; our own name comes last in each
 * @param listed of our names, those that count only where they are listed
 */
export function buildPropertyIndex(
  names: Iterable<readonly [string, PropertyNames]>,
  listed: ReadonlySet<string>,
): PropertyIndex {
  const root: PropertyIndex = new Map();
  for (const [name, spellings] of names) {
    [...spellings, ...(listed.has(name) ? [] : [name])].forEach((spelling, rank) => {
      const node = nodeAt(root, spelling.split('.').map(normaliseName));
      node.target ??= { name, rank };
    });
  }
  return root;
}

function nodeAt(root: PropertyIndex, path: readonly string[]): PropertyNode {
  let index = root;
  let node: PropertyNode | undefined;
  for (const part of path) {
    node = index.get(part);
    if (node === undefined) {
      node = { target: null, below: new Map() };
      index.set(part, node);
    }
    index = node.below;
  }
  return node!;
}
