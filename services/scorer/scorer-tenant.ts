import type { BusinessCalendar } from '../core/events/business-day.ts';
import type { Sealer } from '../core/ports/sealer.ts';

/** What scoring needs to know of a tenant. */
export interface ScorerTenant {
  readonly id: string;
  readonly calendar: BusinessCalendar;
  /** Reporting currency. */
  readonly currency: string;
  /** 100 for currencies with two decimals, 1 for those with none. */
  readonly minorPerMajor: number;
  /** Opens fields sealed under `keyId`; null when the key is not held any more. */
  sealerFor(keyId: string): Sealer | null;
}
