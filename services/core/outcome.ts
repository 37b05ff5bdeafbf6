import type { ErrorCode } from './errors.ts';
import type { DurationMs } from './units.ts';

/** The record was handled; `value` goes on to the next step. */
export interface Ok<T> {
  readonly outcome: 'ok';
  readonly value: T;
}

/** Nothing to do for this record (already applied, not read by any feature …). Counted under `reason`, a bounded word. */
export interface Drop {
  readonly outcome: 'drop';
  readonly reason: string;
}

/** The record can never be handled: it goes to the dead-letter topic with its original bytes. */
export interface DeadLetter {
  readonly outcome: 'dead-letter';
  readonly code: ErrorCode;
  readonly detail: string;
}

/** The record cannot be handled now: the whole chunk is tried again after `afterMs`. */
export interface Retry {
  readonly outcome: 'retry';
  readonly code: ErrorCode;
  readonly afterMs: DurationMs;
}

/** What a step decided about one record. Outcomes are values; only the pipeline runner acts on them. */
export type Outcome<T> = Ok<T> | Drop | DeadLetter | Retry;
