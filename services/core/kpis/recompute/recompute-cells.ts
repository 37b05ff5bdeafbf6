import type { KpiRules } from '../kpi-rules.ts';
import { daysIn, isMonthly, type Period } from '../period.ts';
import { caseTallies } from './case-tallies.ts';
import { tallyCustomer } from './customer-tallies.ts';
import { viewCustomer } from './customer-view.ts';
import { eventTallies } from './event-tallies.ts';
import { figureTallies } from './figure-tallies.ts';
import type { KpiHistory } from './kpi-history.ts';
import { linkedTallies } from './linked-tallies.ts';
import { tallyStock } from './stock-tallies.ts';
import { addEverywhere, type Tallied } from './tally.ts';
import { taskTallies } from './task-tallies.ts';

/** What the cells of one period hold, by slice, and what the stocks held when it began. Cells of 0 may be missing. */
export interface RecomputedCells {
  readonly cells: Tallied;
  readonly opening: Tallied;
}

/**
 * The cells of a period by going through everything that ever happened, for each period anew. It shares nothing with the
 * counting of facts as they come, so that either one tells when the other is wrong; it is as slow as it looks.
 */
export function recomputeCells(history: KpiHistory, period: Period, rules: KpiRules): RecomputedCells {
  const [from, after] = daysIn(period);
  const cells: Tallied = new Map();
  const opening: Tallied = new Map();
  for (const { day, cell, by, place } of [...ofFigures(history, rules), ...ofCustomers(history, rules)]) {
    if (day >= from && day < after) addEverywhere(cells, place, cell, by);
  }
  const { kind, index } = period;
  if (!isMonthly(kind)) return { cells, opening };
  for (const customer of history.customers) {
    const view = viewCustomer(customer, rules);
    tallyCustomer(cells, view, { kind, index }, rules);
    tallyStock(cells, view, after);
    tallyStock(opening, view, from);
  }
  tallyStaff(cells, history, { period, rules });
  return { cells, opening };
}

function ofFigures({ figures }: KpiHistory, rules: KpiRules) {
  return figures.flatMap((figure) => figureTallies(figure, rules));
}

function ofCustomers({ customers }: KpiHistory, rules: KpiRules) {
  return customers.flatMap((customer) => {
    const view = viewCustomer(customer, rules);
    return [
      ...eventTallies(view, rules),
      ...linkedTallies(view, rules),
      ...customer.tasks.flatMap((task) => taskTallies(task, rules)),
      ...customer.cases.flatMap((each) => caseTallies(each, rules)),
    ];
  });
}

function tallyStaff(
  cells: Tallied,
  { uses }: KpiHistory,
  { period, rules }: { readonly period: Period; readonly rules: KpiRules },
): void {
  const [from, after] = daysIn(period);
  const within = uses.filter(({ at }) => rules.dayOf(at) >= from && rules.dayOf(at) < after);
  for (const person of new Set(within.map((use) => use.person))) {
    const functions = new Set(within.filter((use) => use.person === person).map((use) => use.functionName));
    addEverywhere(cells, {}, 'active_staff', 1);
    addEverywhere(cells, {}, 'functions_used', functions.size);
  }
}
