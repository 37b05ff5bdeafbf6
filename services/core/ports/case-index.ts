import type { CaseStatus } from '../cases/service-case.ts';
import type { Surrogate } from '../units.ts';

/** Where the state of a case is found. */
export interface CasePlace {
  readonly caseId: string;
  readonly surrogate: Surrogate;
  /** See `caseOrderKey`. */
  readonly orderKey: string;
}

export interface CaseIndexEntry extends CasePlace {
  readonly tenant: string;
  readonly status: CaseStatus;
  readonly queue: string;
  readonly version: number;
}

export interface CaseIndexQuery {
  readonly tenant: string;
  /** Null lists every status. */
  readonly status: CaseStatus | null;
  /** Lists what comes after this order key; null begins with the most urgent. */
  readonly after: string | null;
  readonly limit: number;
}

/**
 * Finds cases by tenant and status, in the order they are to be worked on. It is written from the case books, so it names
 * every case of them, and at times one more, or one at a former place: readers check against the book. Faults are
 * EngineError ERR_STORE_UNAVAILABLE (retryable).
 */
export interface CaseIndex {
  /** Puts each case under its status alone; a version below the one that stands there changes nothing. Safe to repeat. */
  put(entries: readonly CaseIndexEntry[]): Promise<void>;
  /** Takes cases of one customer out; unknown ones are ignored. */
  remove(
    customer: { readonly tenant: string; readonly surrogate: Surrogate },
    caseIds: readonly string[],
  ): Promise<void>;
  /** Most urgent first, at most `limit`. */
  list(query: CaseIndexQuery): Promise<readonly CasePlace[]>;
}
