import type { EpochDay } from '../../units.ts';
import { type CustomerView, isLapsedStage, placeOf, standingBefore } from './customer-view.ts';
import { addEverywhere, type Tallied } from './tally.ts';

/** Adds what a customer is when the day before `after` ends. */
export function tallyStock(tallied: Tallied, view: CustomerView, after: EpochDay): void {
  const standing = standingBefore(view, after);
  const place = placeOf(standing);
  const orders = view.orders.filter(({ day }) => day < after);
  if (orders.length === 0) {
    if (view.heard.some(({ day }) => day < after)) addEverywhere(tallied, place, 'potential_customers', 1);
    return;
  }
  if (!isLapsedStage(standing?.stage ?? null)) addEverywhere(tallied, place, 'customers', 1);
  const days = orders.map(({ day }) => day);
  addEverywhere(tallied, place, 'relation_customers', 1);
  addEverywhere(tallied, place, 'relation_days', Math.max(...days) - Math.min(...days));
  const clvMinor = standing?.clvMinor ?? null;
  if (clvMinor === null) return;
  addEverywhere(tallied, place, 'clv_customers', 1);
  addEverywhere(tallied, place, 'clv_minor', clvMinor);
}
