import type { CellChange } from './cell-change.ts';
import { CellChanges, type DatedCell, type Slices } from './counting/cell-changes.ts';
import { caseCells } from './counting/case-cells.ts';
import { countCustomer, periodsOfMonth, periodsOfOrder } from './counting/customer-cells.ts';
import { derivedCells } from './counting/derived-cells.ts';
import { eventCells, isOrder } from './counting/event-cells.ts';
import { figureCells } from './counting/figure-cells.ts';
import { isCopy, placeWhenCounted, rememberFact } from './counting/fact-marks.ts';
import { firstOrderDay } from './counting/order-book.ts';
import { countStocks } from './counting/stock-cells.ts';
import { takeEvent, trimLedger } from './counting/take-event.ts';
import { stageMoves, takeStanding } from './counting/take-standing.ts';
import { textOf } from './counting/text-of.ts';
import { taskCells } from './counting/task-cells.ts';
import { takeUsage } from './counting/take-usage.ts';
import { isFrozen, keepVersion } from './counting/keep-version.ts';
import type { CustomerLedger } from './customer-ledger.ts';
import type { KpiFact } from './kpi-fact.ts';
import type { KpiRules } from './kpi-rules.ts';
import { type EpochMonth, type MonthlyKind, monthOf } from './period.ts';

/**
 * What became of a fact:
 * - `counted`: the ledger moved on; `changes` say what the cells gain or lose, if anything
 * - `copy`: it was counted before, or a newer version of it was; nothing changed
 * - `too-late`: a version of a task or case that made room for newer ones of the same customer; nothing changed
 * - `other`: nothing is known to be counted of it (a kind of a later version); nothing changed
 */
export interface AppliedFact {
  readonly result: 'counted' | 'copy' | 'too-late' | 'other';
  readonly ledger: CustomerLedger;
  readonly changes: readonly CellChange[];
}

/**
 * Counts one fact of a customer, in place, exactly once. What the customer adds to the cells follows from the ledger, so
 * each change is the difference between what it said before and what it says after: facts may come in any order, and
 * one that comes late amends the period it belongs to.
 */
export function applyKpiFact(ledger: CustomerLedger, fact: KpiFact, rules: KpiRules): AppliedFact {
  if (isCopy(ledger, fact)) return { result: 'copy', ledger, changes: [] };
  if (isFrozen(ledger, fact)) return { result: 'too-late', ledger, changes: [] };
  const changes = new CellChanges();
  if (!count(ledger, fact, { rules, changes })) return { result: 'other', ledger, changes: [] };
  rememberFact(ledger, fact);
  trimLedger(ledger);
  return { result: 'counted', ledger, changes: changes.list() };
}

interface Counting {
  readonly rules: KpiRules;
  readonly changes: CellChanges;
}

function count(ledger: CustomerLedger, fact: KpiFact, counting: Counting): boolean {
  switch (fact.kind) {
    case 'event':
    case 'standing':
      countOfCustomer(ledger, fact, counting);
      return true;
    case 'task':
    case 'serviceCase':
      countVersion(ledger, fact, counting);
      return true;
    case 'usage':
      countUsage(ledger, fact, counting);
      return true;
    case 'spend':
    case 'typed':
      countFigure(ledger, fact, counting);
      return true;
    default:
      return false;
  }
}

/** An event of a customer with where it left them, or that alone. */
function countOfCustomer(ledger: CustomerLedger, fact: KpiFact, counting: Counting): void {
  const { rules, changes } = counting;
  const before = ledger.standing;
  const isOnline = (channel: string | null): boolean => channel !== null && rules.onlineChannels.has(channel);
  const periods = periodsTouched(ledger, fact, rules);
  const since = Math.min(...periods.months);
  const told = (sign: 1 | -1): void => {
    for (const period of periods.all) countCustomer(ledger, period, { changes, sign, isOnline });
    countStocks(ledger, since, { changes, sign });
    addAll(changes, derivedCells(ledger, rules), sign);
  };
  told(-1);
  if (fact.standing !== null) takeStanding(ledger, fact.standing);
  if (fact.kind === 'event') takeEvent(ledger, fact, rules);
  told(1);
  addAll(changes, stageMoves(before, fact.standing), 1);
  if (fact.kind === 'event') addAll(changes, ownCells(ledger, fact, rules), 1);
}

function ownCells(ledger: CustomerLedger, fact: KpiFact, rules: KpiRules): readonly DatedCell[] {
  const day = rules.dayOf(fact.at);
  const { channel, region, store } = fact;
  const slices: Slices = {
    ...placeWhenCounted(ledger, fact),
    channel,
    region,
    store,
    staff: textOf(fact, 'staff'),
    campaign: textOf(fact, 'campaignId'),
  };
  return eventCells(fact, rules).map(([cell, by]) => ({ day, cell, by: fact.sign * by, slices }));
}

interface Touched {
  readonly all: readonly { readonly kind: MonthlyKind; readonly index: number }[];
  readonly months: readonly EpochMonth[];
}

/** The periods whose customer cells can become others. */
function periodsTouched(ledger: CustomerLedger, fact: KpiFact, rules: KpiRules): Touched {
  const day = rules.dayOf(fact.at);
  const first = firstOrderDay(ledger);
  const near = fact.kind === 'event' ? [monthOf(day)] : [];
  const far: EpochMonth[] = isOrder(fact) && fact.kind === 'event' ? [monthOf(day)] : [];
  if (far.length > 0 && first !== null) far.push(monthOf(first));
  // Taking the first order back makes another one the first.
  if (fact.sign < 0 && far.length > 0) far.push(...ledger.orders.slice(1, 2).map((entry) => monthOf(entry.day)));
  const { standing } = fact;
  if (standing !== null) far.push(...standingMonths(ledger, standing));
  const told = standing === null ? [] : [monthOf(standing.asOf - 1)];
  const all = [...near.flatMap(periodsOfMonth), ...far.flatMap(periodsOfOrder)];
  const unique = new Map(all.map((period) => [`${period.kind} ${period.index}`, period]));
  return { all: [...unique.values()], months: [...near, ...far, ...told, monthOf(day)] };
}

/** Slices of a customer change with tier and stage; a standing that only tells another value touches stocks alone. */
function standingMonths(ledger: CustomerLedger, { asOf, tier, stage }: NonNullable<KpiFact['standing']>): EpochMonth[] {
  const month = monthOf(asOf - 1);
  const { standing } = ledger;
  return standing !== null && standing.tier === tier && standing.stage === stage && monthOf(standing.asOf - 1) === month
    ? []
    : [month];
}

function countVersion(ledger: CustomerLedger, fact: KpiFact, { rules, changes }: Counting): void {
  const { task, serviceCase } = fact;
  if (task !== null) {
    const made = { id: fact.factId, version: fact.sequence, standing: task };
    const before = keepVersion(ledger.tasks, ledger.frozenTasks, made, isTaskOver);
    if (before !== null) addAll(changes, taskCells(before.standing, rules), -1);
    addAll(changes, taskCells(task, rules), 1);
  }
  if (serviceCase === null) return;
  const made = { id: fact.factId, version: fact.sequence, standing: serviceCase };
  const before = keepVersion(ledger.cases, ledger.frozenCases, made, ({ status }) => status === 'closed');
  if (before !== null) addAll(changes, caseCells(before.standing, rules), -1);
  addAll(changes, caseCells(serviceCase, rules), 1);
}

/** Nothing more is to be told of it. */
function isTaskOver({ measuredAt }: { readonly measuredAt: number | null }): boolean {
  return measuredAt !== null;
}

function countUsage(ledger: CustomerLedger, fact: KpiFact, { rules, changes }: Counting): void {
  const month = monthOf(rules.dayOf(fact.at));
  const told = (sign: 1 | -1): void => {
    for (const period of periodsOfMonth(month)) countCustomer(ledger, period, { changes, sign, isOnline: () => false });
  };
  told(-1);
  takeUsage(ledger, month, fact.type);
  told(1);
}

function countFigure(ledger: CustomerLedger, fact: KpiFact, { rules, changes }: Counting): void {
  if (ledger.row !== null) addAll(changes, figureCells(ledger.row, rules), -1);
  const { kind, type, at, amountMinor, channel, source, attributes } = fact;
  ledger.row = { kind, type, at, amountMinor, channel, source, attributes };
  addAll(changes, figureCells(ledger.row, rules), 1);
}

function addAll(changes: CellChanges, cells: readonly DatedCell[], sign: 1 | -1): void {
  for (const cell of cells) changes.addDated(cell, sign);
}
