import { quoteText } from '../quote-text.ts';

/** Keys in the order of their UTF-16 units. */
export interface OrderedKeys {
  readonly keys: readonly string[];
  /** What stands before each value in the JSON text of the object: bracket or comma, key and colon. */
  readonly openings: readonly string[];
}

interface Known extends OrderedKeys {
  /** In the order they came. */
  readonly given: readonly string[];
}

const room = 1_000;
const mostKeys = 64;
const longestKey = 128;
/** By the first key: what a sender writes has the same keys in the same order again and again. */
const known = new Map<string, Known>();

/** @param given keys of an object, in any order; not changed afterwards */
export function orderKeys(given: readonly string[]): OrderedKeys {
  const [first = ''] = given;
  const before = known.get(first);
  if (before !== undefined && areSame(before.given, given)) return before;
  const keys = [...given].sort();
  const openings = keys.map((key, index) => `${index === 0 ? '{' : ','}${quoteText(key)}:`);
  const ordered = { given, keys, openings };
  // A sender that makes up new ones all the time must not fill the memory.
  if (given.length > mostKeys || given.some((key) => key.length > longestKey)) return ordered;
  if (known.size === room) known.clear();
  known.set(first, ordered);
  return ordered;
}

function areSame(before: readonly string[], given: readonly string[]): boolean {
  if (before.length !== given.length) return false;
  for (let i = 0; i < given.length; i++) if (before[i] !== given[i]) return false;
  return true;
}
