import type { EpochDay } from '../units.ts';

/** Lines of sale by column: which customer bought which item on which day. Customers and items are positions. */
export interface PurchaseLines {
  readonly customers: readonly string[];
  readonly items: readonly string[];
  readonly customer: ArrayLike<number>;
  readonly item: ArrayLike<number>;
  readonly day: ArrayLike<EpochDay>;
}
