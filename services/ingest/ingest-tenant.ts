import type { BusinessCalendar } from '../core/events/business-day.ts';
import type { Sealer } from '../core/ports/sealer.ts';

/** Value of one unit of `currency` in the tenant's reporting currency, from `date` on. */
export interface ExchangeRate {
  readonly version: string;
  /** YYYY-MM-DD, a business day of the tenant. */
  readonly date: string;
  readonly currency: string;
  readonly rate: number;
}

/** What ingest must know of a tenant to write its events. */
export interface IngestTenant {
  readonly id: string;
  readonly calendar: BusinessCalendar;
  /** Reporting currency, and the currency of amounts that name none. */
  readonly currency: string;
  readonly pseudonymKey: Buffer;
  readonly contentKey: Buffer;
  readonly sealer: Sealer;
  readonly rates: readonly ExchangeRate[];
}

/** Who sends, as the write key says; nothing in a payload can change it. */
export interface Sender {
  readonly tenant: IngestTenant;
  readonly source: string;
  /** The channel of events that name none. */
  readonly channel: string;
  /** What the data of the source is used for, by its keys; absent or null where they do not say. */
  readonly purpose?: string | null;
}
