/**
 * - `applied`: folded into the features
 * - `already-applied`: at or below the mark; nothing changed
 * - `not-read`: no feature reads this event; nothing changed, nothing need be written
 * - `duplicate`: its source and event id are in the ring of recent ones; only mark and version moved
 * - `withheld`: the customer is erased or forbade profiling; only mark and version moved
 * - `too-late`: live and beyond the horizon; only mark and version moved; it belongs on the late topic
 * - `unmatched`: takes back an event that the features do not hold; only mark and version moved
 */
export interface ApplyResult {
  readonly result: 'applied' | 'already-applied' | 'not-read' | 'duplicate' | 'withheld' | 'too-late' | 'unmatched';
  /** The event's day lay before the last day the features include. */
  readonly late: boolean;
  /** The event yields a score. False for a historical event beyond the horizon: it changes lifetime parts only. */
  readonly scored: boolean;
}

const unscored = { late: false, scored: false } as const;

/** Every answer that applying a record can have. */
export const applyResults = {
  alreadyApplied: { result: 'already-applied', ...unscored },
  notRead: { result: 'not-read', ...unscored },
  duplicate: { result: 'duplicate', ...unscored },
  withheld: { result: 'withheld', ...unscored },
  unmatched: { result: 'unmatched', ...unscored },
  tooLate: { result: 'too-late', late: true, scored: false },
  appliedToLifetime: { result: 'applied', late: true, scored: false },
  appliedLate: { result: 'applied', late: true, scored: true },
  applied: { result: 'applied', late: false, scored: true },
} as const satisfies Record<string, ApplyResult>;
