import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { PlaybookSimulation, SimulatedPlaybook, SimulatedQueue } from './playbook-simulation.ts';

/** The simulation as tables for people; playbooks that did nothing are named in one line. */
export function describeSimulation(simulation: PlaybookSimulation): string {
  const { version, from, to, customers, scores, stale, degraded, currency } = simulation;
  const ignored = stale + degraded === 0 ? '' : `; ${stale} stale and ${degraded} degraded ones changed nothing`;
  const idle = simulation.playbooks.filter((each) => !didSomething(each)).map(({ id }) => id);
  return [
    `Playbooks ${version} over ${scores} scores of ${customers} customers, ${from} to ${to}${ignored}.`,
    `Nothing was contacted or written. Money in ${currency}; worth is net of cost.`,
    '',
    ...playbookTable(simulation),
    ...(idle.length === 0 ? [] : ['', `Nothing to do: ${idle.join(', ')}`]),
    '',
    ...table([
      ['queue', 'capacity a day', 'came', 'most a day', 'days over', 'most over'],
      ...simulation.queues.filter((queue) => queue.days.length > 0).map(queueRow),
    ]),
    '',
  ].join('\n');
}

function playbookTable({ from, to, currency, playbooks }: PlaybookSimulation): string[] {
  const days = daysBetween(from, to);
  const money = (minor: number) => {
    const exponent = currencyExponent(currency) ?? 2;
    return (minor / minorPerMajor(exponent)).toFixed(exponent);
  };
  const rows = playbooks
    .filter(didSomething)
    .map((each) => [
      each.id,
      String(each.opened),
      (each.opened / days).toFixed(1),
      String(Math.max(0, ...Object.values(each.days))),
      String(each.treated),
      String(each.holdout),
      listed(each.contacts),
      money(each.worthMinor),
      money(each.costMinor),
      listed(each.suppressed),
    ]);
  const header = [
    'playbook',
    'opened',
    'a day',
    'most',
    'treated',
    'holdout',
    'contacts',
    'worth',
    'cost',
    'suppressed',
  ];
  return table([header, ...rows]);
}

function didSomething({ opened, suppressed }: SimulatedPlaybook): boolean {
  return opened > 0 || Object.keys(suppressed).length > 0;
}

function queueRow({ id, capacity, days }: SimulatedQueue): string[] {
  const came = days.map((each) => each.came);
  const over = days.map(({ overflow }) => overflow);
  const sum = came.reduce((total, count) => total + count, 0);
  const daysOver = over.filter((count) => count > 0).length;
  return [
    id,
    capacity === null ? 'any' : String(capacity),
    ...[sum, Math.max(...came), daysOver, Math.max(...over)].map(String),
  ];
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

function listed(counts: Readonly<Record<string, number>>): string {
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  return told.length === 0 ? '-' : told.join(', ');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
