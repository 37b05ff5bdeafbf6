import type { CellReader } from '../expression.ts';

/** Of one customer group, or of all: money in minor units, for the period unless it says otherwise. */
export interface GroupCosts {
  /** Null for all customers. */
  readonly group: string | null;
  readonly activeCustomers: number;
  readonly newCustomers: number;
  /** Predicted lifetime value of one customer, mean; null where none is predicted. */
  readonly clvMinor: number | null;
  /** Acquisition spend ÷ new customers, of all customers: rows of spend name no group. Null without new customers. */
  readonly cacMinor: number | null;
  /** Known of these very customers: what their tasks cost. */
  readonly taskCostMinor: number;
  /** Spread: this group's part of spend on retention, upkeep, people and systems, by active customers. */
  readonly spreadCostMinor: number;
  /** (tasks + spread) ÷ active customers; null without any. */
  readonly upkeepMinor: number | null;
  /** clv − cac − upkeep over the horizon of clv; null where one of them is. */
  readonly worthMinor: number | null;
}

export interface LedgerHorizon {
  /** Days in the period, and days that the lifetime value looks ahead: upkeep is taken for as much of it as these are more. */
  readonly periodDays: number;
  readonly clvDays: number;
}

/**
 * What customers are worth once they are paid for, of all and by group. Costs that are known of a customer are counted
 * where they arose (tasks); all other ones are spread over active customers alike, because rows of spend say nothing of
 * groups. Customers in no group keep their part, so the parts of the groups add up to the whole at most.
 */
export function costLedger(
  whole: CellReader,
  groups: ReadonlyMap<string, CellReader>,
  horizon: LedgerHorizon,
): readonly GroupCosts[] {
  const active = whole.cell('active_customers');
  const perCustomer = active > 0 ? spreadSpend(whole) / active : null;
  const cacMinor = ratio(whole.cell('spend_acquisition_minor'), whole.cell('new_customers'));
  const row = (group: string | null, cells: CellReader): GroupCosts =>
    costsOf(group, cells, { perCustomer, cacMinor, horizon });
  return [row(null, whole), ...[...groups].map(([group, cells]) => row(group, cells))];
}

interface Shared {
  readonly perCustomer: number | null;
  readonly cacMinor: number | null;
  readonly horizon: LedgerHorizon;
}

function costsOf(group: string | null, cells: CellReader, { perCustomer, cacMinor, horizon }: Shared): GroupCosts {
  const activeCustomers = cells.cell('active_customers');
  const taskCostMinor = cells.cell('treated_cost_minor');
  const spreadCostMinor = (perCustomer ?? 0) * activeCustomers;
  const clvMinor = ratio(cells.cell('clv_minor'), cells.cell('clv_customers'));
  const upkeepMinor = ratio(taskCostMinor + spreadCostMinor, activeCustomers);
  const ahead = horizon.clvDays / horizon.periodDays;
  const isWhole = clvMinor !== null && cacMinor !== null && upkeepMinor !== null;
  return {
    group,
    activeCustomers,
    newCustomers: cells.cell('new_customers'),
    clvMinor,
    cacMinor,
    taskCostMinor,
    spreadCostMinor,
    upkeepMinor,
    worthMinor: isWhole ? clvMinor - cacMinor - upkeepMinor * ahead : null,
  };
}

const spread = ['spend_retention_minor', 'spend_upkeep_minor', 'spend_people_minor', 'spend_system_minor'] as const;

/** Everything that is spent on customers there are; the operating cost of the business is not. */
export function spreadSpend(cells: CellReader): number {
  return spread.reduce((sum, cell) => sum + cells.cell(cell), 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
