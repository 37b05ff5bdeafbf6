import { parseColumnMap } from '../models/training/column-map.ts';
import type { Order } from '../models/training/order.ts';
import { readOrders } from '../models/training/read-orders.ts';
import { describeSurvey, surveyOrders } from '../models/training/survey-orders.ts';
import { createBusinessCalendar } from '../services/core/events/business-day.ts';
import { currencyExponent } from '../services/core/events/money.ts';
import { readCurrency, readTimezone } from './read-options.ts';

/** Options of every command that reads an order file, as they were typed. */
export interface OrderFileOptions {
  readonly orders: string;
  readonly map: string;
  readonly timezone: string;
  readonly currency: string;
}

/**
 * Reads the file that `--orders` names, and says how many rows were left out, and what is odd about the others.
 * @param say where it tells what it does
 */
export async function readOrderFile(options: OrderFileOptions, say: (text: string) => void): Promise<Order[]> {
  const columns = parseColumnMap(options.map);
  const calendar = createBusinessCalendar(readTimezone('--timezone', options.timezone));
  const exponent = currencyExponent(readCurrency('--currency', options.currency)) ?? 2;
  say(`Reading ${options.orders}`);
  const { orders, skipped, firstProblem } = await readOrders(options.orders, { columns, calendar, exponent });
  if (skipped > 0) say(`Left out ${skipped} unreadable rows, the first being ${firstProblem}`);
  describeSurvey(surveyOrders(orders)).forEach(say);
  return orders;
}
