import type { CommandFault } from '../commands/command-fault.ts';
import type { CaseBook } from './case-book.ts';
import type { CaseMoment } from './case-moment.ts';

/**
 * Why a step of a case was not taken, or not as it was said: those of commands, and of events
 * - `not-opened-yet`: its case is not known; the step waits for the opening
 * - `unknown-cause-code`: none of the tenant's; the step was taken without it
 */
export type CaseFault = CommandFault | 'not-opened-yet' | 'unknown-cause-code';

export interface CaseResult {
  readonly book: CaseBook;
  readonly moments: readonly CaseMoment[];
  readonly fault: CaseFault | null;
}

/** Nothing changed. */
export function refuse(book: CaseBook, fault: CaseFault | null): CaseResult {
  return { book, moments: [], fault };
}
