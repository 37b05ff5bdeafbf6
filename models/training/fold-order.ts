import type { StateBlock } from '../../services/core/features/customer-state.ts';
import { foldCancellation } from '../../services/core/features/fold-cancellation.ts';
import { foldPurchase } from '../../services/core/features/fold-purchase.ts';
import { moveAsOf } from '../../services/core/features/move-as-of.ts';
import type { Order } from './order.ts';

/** Folds an order as the scorer folds its event. */
export function foldOrder(block: StateBlock, { day, amountMinor }: Order): void {
  moveAsOf(block, day + 1);
  const dated = { day, amountMinor: Math.abs(amountMinor) };
  if (amountMinor < 0) foldCancellation(block.features, dated, block.asOf);
  else foldPurchase(block.features, dated, block.asOf);
}
