import type { Versioned } from '../customer-ledger.ts';

/** So many tasks, or cases, of a customer are known again; ended ones make room first. */
const keptVersions = 32;

/** Puts a version in the place of the one before, which is returned; null for something new. */
export function keepVersion<T>(
  kept: Versioned<T>[],
  made: Versioned<T>,
  isOver: (standing: T) => boolean,
): Versioned<T> | null {
  const at = kept.findIndex(({ id }) => id === made.id);
  if (at >= 0) return kept.splice(at, 1, made)[0];
  kept.push(made);
  if (kept.length > keptVersions) {
    const over = kept.findIndex(({ standing }) => isOver(standing));
    kept.splice(Math.max(0, over), 1);
  }
  return null;
}
