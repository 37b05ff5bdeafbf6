import type { EpochDay } from '../units.ts';
import type { Mark } from './customer-state.ts';

/** What the store holds now, and what the refused write had loaded and wanted to reach, all of one partition. */
export interface ConflictFacts {
  /** Version in the store; 0 where it holds nothing. */
  readonly storedVersion: number;
  /** Mark in the store; null where it has none for the partition and epoch. */
  readonly storedMark: Mark | null;
  /** Mark of the state that was loaded before folding; null when there was none. */
  readonly baseMark: Mark | null;
  /** Mark after folding: the last record of this customer in the batch. */
  readonly targetMark: Mark | null;
  /** Given by a write that closed days: the last closed day in the store and the one wanted. */
  readonly closedDays?: { readonly stored: EpochDay; readonly target: EpochDay };
}

/**
 * - `done`: another writer applied the same records; nothing is left to write
 * - `refold`: load again and fold what lies above the stored mark
 * - `regressed`: the store lost an acknowledged write; rewind the partition to its watermark
 */
export type ConflictResolution = 'done' | 'refold' | 'regressed';

/**
 * Decides what a refused compare-and-set means. Total: every combination has an answer. The marks alone decide,
 * because versions of two writers that ran side by side need not agree.
 */
export function resolveConflict(facts: ConflictFacts): ConflictResolution {
  const stored = facts.storedVersion === 0 ? null : facts.storedMark;
  if (isBehind(stored, facts.baseMark)) return 'regressed';
  if (facts.storedVersion === 0 || isBehind(stored, facts.targetMark)) return 'refold';
  const days = facts.closedDays;
  return days !== undefined && days.stored < days.target ? 'refold' : 'done';
}

/** Order of the log: by epoch, within an epoch by offset; no mark lies before every mark. */
function isBehind(mark: Mark | null, other: Mark | null): boolean {
  if (other === null) return false;
  if (mark === null || mark.epoch !== other.epoch) return mark === null || mark.epoch < other.epoch;
  return mark.offset < other.offset;
}
