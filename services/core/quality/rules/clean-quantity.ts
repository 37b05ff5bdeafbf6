import type { EventType } from '../../events/event-types.ts';
import type { CleanContext, Verdict } from '../clean-context.ts';
import { readNumber } from '../read-number.ts';

/** Where less than nothing has a meaning: goods come back or leave the cart, or nobody knows. */
const maySubtract: ReadonlySet<EventType> = new Set(['order.returned', 'order.cancelled', 'cart.updated', 'custom']);

/** A count as a number; less than nothing is impossible, save where something is taken back. */
export function cleanQuantity(value: string | number, { type }: CleanContext): Verdict {
  const count = readNumber(value);
  if (count === null) return { state: 'invalid' };
  return count < 0 && !maySubtract.has(type) ? { state: 'impossible' } : { state: 'right', value: count };
}
