import type { EpochDay } from '../units.ts';
import type { CustomerState } from './customer-state.ts';
import { moveAsOf } from './move-as-of.ts';

/**
 * Applies the end of a business day to a customer, in place: the features then include that day whole. Due before the
 * customer's next own record. The version grows by the days closed, so that a day applied late, together with a later
 * one, ends in the same version as each day on its own; only the first day ever closed for a customer counts as one
 * and must not be skipped. Before a customer's first record nothing is counted.
 * @returns false, with nothing changed, when this day or a later one was applied before, and for erased customers
 */
export function closeDay(state: CustomerState, day: EpochDay): boolean {
  if (state.erased || day <= state.closedDay) return false;
  if (state.version > 0) state.version += state.closedDay > 0 ? day - state.closedDay : 1;
  state.closedDay = day;
  for (const block of state.blocks) moveAsOf(block, day + 1);
  return true;
}
