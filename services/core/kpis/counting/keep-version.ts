import type { KpiFact } from '../kpi-fact.ts';
import { type CustomerLedger, shortFactId, type Versioned } from '../customer-ledger.ts';

/** So many tasks, or cases, of a customer can still be amended; ended ones make room first. */
export const keptVersions = 32;

/**
 * Puts a version in the place of the one before, which is returned; null for something new. What makes room for it stays
 * counted as it stood then, and is remembered in `frozen`: a later version of it must not count beside that.
 */
export function keepVersion<T>(
  kept: Versioned<T>[],
  frozen: string[],
  made: Versioned<T>,
  isOver: (standing: T) => boolean,
): Versioned<T> | null {
  const at = kept.findIndex(({ id }) => id === made.id);
  if (at >= 0) return kept.splice(at, 1, made)[0];
  kept.push(made);
  if (kept.length > keptVersions) {
    const over = kept.findIndex(({ standing }) => isOver(standing));
    const [dropped] = kept.splice(Math.max(0, over), 1);
    frozen.push(shortFactId(dropped.id));
  }
  return null;
}

/** Whether the fact is a version of a task or case that made room for another: it stays counted as it stood then. */
export function isFrozen({ frozenTasks, frozenCases }: CustomerLedger, { kind, factId }: KpiFact): boolean {
  if (kind === 'task') return frozenTasks.includes(shortFactId(factId));
  return kind === 'serviceCase' && frozenCases.includes(shortFactId(factId));
}
