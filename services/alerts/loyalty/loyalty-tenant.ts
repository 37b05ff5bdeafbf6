import type { BusinessCalendar } from '../../core/events/business-day.ts';
import type { LoyaltyRules } from '../../core/loyalty/loyalty-rules.ts';
import type { Surrogate } from '../../core/units.ts';

/** What points and levels need to know of a tenant. */
export interface LoyaltyTenant {
  readonly id: string;
  readonly calendar: BusinessCalendar;
  /** Reporting currency. */
  readonly currency: string;
  readonly minorPerMajor: number;
  /** The rules in force now. */
  rules(): LoyaltyRules;
  /** Null when the id is none. */
  surrogateOf(id: string): Surrogate | null;
}
