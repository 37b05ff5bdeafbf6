import type { BusinessCalendar } from '../events/business-day.ts';
import type { Digest } from '../ports/digest.ts';

/** What folding needs besides its arguments: the tenant's days and a hash function. */
export interface ApplyContext {
  readonly calendar: BusinessCalendar;
  readonly digest: Digest;
}
