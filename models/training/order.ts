import type { EpochDay, MinorUnits } from '../../services/core/units.ts';

/** One row of an order file. */
export interface Order {
  readonly customer: string;
  /** Business day. */
  readonly day: EpochDay;
  /** Negative for a cancellation or return. */
  readonly amountMinor: MinorUnits;
}
