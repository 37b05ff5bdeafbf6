import type { MinorUnits } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { CustomerLedger } from '../customer-ledger.ts';
import { type EpochMonth, monthlyPeriod, monthOf } from '../period.ts';
import type { CellChanges, Slices } from './cell-changes.ts';
import { firstOrderDay } from './order-book.ts';
import { isLapsed, standingAt, standingSlices } from './standing-at.ts';

/** What a customer adds to the stocks at the end of a month. */
interface Holding {
  readonly slices: Slices;
  readonly held: readonly (readonly [CellName, number])[];
}

/**
 * The changes of a customer's stocks, month by month from `since` on. A stock is kept as changes, so that whoever sums them
 * up to a month has what held at its end, also for customers of whom nothing was heard for years.
 */
export function countStocks(
  ledger: CustomerLedger,
  since: EpochMonth,
  { changes, sign }: { changes: CellChanges; sign: 1 | -1 },
): void {
  for (const month of changeMonths(ledger)) {
    if (month < since) continue;
    addHolding(changes, month, holdingAt(ledger, month), sign);
    addHolding(changes, month, holdingAt(ledger, month - 1), -sign);
  }
}

function addHolding(changes: CellChanges, month: EpochMonth, { slices, held }: Holding, sign: number): void {
  const period = monthlyPeriod('month', month);
  for (const [cell, by] of held) changes.addSliced(period, cell, slices, sign * by);
}

/** Months at whose end a customer may hold something else than a month before. */
function changeMonths({ standings, orders, firstSeen }: CustomerLedger): readonly EpochMonth[] {
  const days = [...orders.map(({ day }) => day), ...(firstSeen === null ? [] : [firstSeen])];
  return [...new Set([...standings.map(({ month }) => month), ...days.map(monthOf)])];
}

function holdingAt(ledger: CustomerLedger, month: EpochMonth): Holding {
  const standing = standingAt(ledger, month);
  const first = firstOrderDay(ledger);
  const hasOrder = first !== null && monthOf(first) <= month;
  const isKnown = ledger.firstSeen !== null && monthOf(ledger.firstSeen) <= month;
  const held: (readonly [CellName, number])[] = [];
  if (hasOrder && !isLapsed(standing?.stage ?? null)) held.push(['customers', 1]);
  if (isKnown && !hasOrder) held.push(['potential_customers', 1]);
  if (hasOrder) held.push(['relation_customers', 1], ['relation_days', lastOrderDay(ledger, month) - first]);
  held.push(...lifetimeValue(hasOrder ? (standing?.clvMinor ?? null) : null));
  return { slices: standingSlices(standing), held };
}

function lifetimeValue(clvMinor: MinorUnits | null): readonly (readonly [CellName, number])[] {
  return clvMinor === null ? [] : [['clv_customers', 1], ['clv_minor', clvMinor]]; // prettier-ignore
}

/** Latest day with an order up to the end of the month; there is one. */
function lastOrderDay({ orders }: CustomerLedger, month: EpochMonth): number {
  return orders.findLast(({ day }) => monthOf(day) <= month)?.day ?? 0;
}
