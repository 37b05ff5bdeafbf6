import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { allKpis } from '../../services/core/kpis/all-kpis.ts';
import { cellsOf } from '../../services/core/kpis/expression.ts';
import { typedCells } from '../../services/core/kpis/counting/figure-cells.ts';
import { typedFact } from '../../services/core/kpis/figures/figure-fact.ts';
import { spendTypes } from '../../services/core/kpis/figures/spend-row.ts';
import { daysIn, periodKinds, periodName, type PeriodKind } from '../../services/core/kpis/period.ts';
import { formatMoney } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';
import { findTarget } from '../import/target.ts';
import { usageError } from '../usage-error.ts';
import { writeOutFile } from '../write-out-file.ts';
import { importSpend, type RowResult } from './import-spend.ts';
import { readOneOf, readPeriod } from './kpi-options.ts';
import { openFactPublisher } from './publish-facts.ts';
import { readSpendColumns } from './spend-columns.ts';

interface FigureOptions {
  readonly tenant?: string;
  readonly directory: string;
  readonly dryRun?: true;
}

interface SpendOptions extends FigureOptions {
  readonly map?: string;
  readonly type?: string;
  readonly results?: string;
}

/** `tidewatch kpi spend import` and `kpi set`: figures from outside. */
export function addFigureVerbs(kpi: Command, io: CliIo, finish: (exitCode: number) => void): void {
  const spend = kpi.command('spend').description('What looking after customers costs.');
  withTarget(spend.command('import <file>'))
    .description('Import rows of cost (CSV, JSON Lines, Parquet). The same rows again take the place of those before.')
    .option('--map <pairs>', 'day=Column,amount=Column,type=Column, and id, channel, playbook, campaign')
    .option('--type <sort>', `sort of cost of every row: ${spendTypes.join(', ')}`)
    .option('--results <file>', 'write what became of each row as CSV')
    .action(async (file: string, options: SpendOptions) => finish((await spendImport(file, options, io)) ? 0 : 1));
  withTarget(kpi.command('set <kpi> <period> <value>'))
    .description('Type in a figure from outside, such as the market share of a year; again replaces it.')
    .action((key: string, period: string, value: string, options: FigureOptions) =>
      set({ key, period, value }, options, io),
    );
}

function withTarget(command: Command): Command {
  return command
    .option('--dry-run', 'check everything and write nothing')
    .option('--tenant <id>', 'whose figures, where the installation has several tenants')
    .option('--directory <dir>', 'directory of the local `npm start`', '.tidewatch');
}

/** @returns whether every row was taken */
async function spendImport(file: string, options: SpendOptions, io: CliIo): Promise<boolean> {
  const type = options.type === undefined ? null : readOneOf('--type', options.type, spendTypes);
  const columns = readSpendColumns(options.map, options.type);
  const target = await findTarget(options, io);
  const publisher = options.dryRun === true ? null : await openFactPublisher(target, io);
  const results: RowResult[] = [];
  try {
    const wanted = { file, columns, type, target, sequence: Date.now() };
    const take = async (facts: Parameters<NonNullable<typeof publisher>['publish']>[0]) => publisher?.publish(facts);
    const totals = await importSpend(wanted, take, (result) => {
      if (options.results !== undefined) results.push(result);
      if (result.fault !== null) io.stderr.write(`${file}, row ${result.row}: ${result.fault}\n`);
    });
    const sums = [...totals.amounts]
      .map(([sort, minor]) => `${sort} ${formatMoney(minor, target.currency)}`)
      .join(', ');
    const what = publisher === null ? 'would be taken (dry run)' : 'taken';
    io.stdout.write(`${file}: ${totals.taken} rows ${what}, ${totals.refused} refused; ${sums || 'no amounts'}\n`);
    if (options.results !== undefined) await writeOutFile(options.results, resultsCsv(results));
    return totals.refused === 0;
  } finally {
    await publisher?.stop();
  }
}

function resultsCsv(results: readonly RowResult[]): string {
  const rows = results.map(({ row, fault }) => [String(row), fault === null ? 'taken' : 'refused', fault ?? '']);
  return [['row', 'result', 'why'], ...rows].map(csvLine).join('');
}

interface TypedFigure {
  readonly key: string;
  readonly period: string;
  readonly value: string;
}

async function set(figure: TypedFigure, options: FigureOptions, io: CliIo): Promise<void> {
  const { type, kinds } = typedKpi(figure.key);
  const period = readPeriod('The period', figure.period, kinds);
  const value = /^-?\d{1,9}(\.\d{1,6})?$/.test(figure.value) ? Number(figure.value) : Number.NaN;
  if (Number.isNaN(value))
    throw usageError(`The value "${figure.value}" is no number with at most 6 decimals, such as 0.123.`);
  const target = await findTarget(options, io);
  const at = createBusinessCalendar(target.timezone).startOf(daysIn(period)[0]);
  const origin = { tenant: target.tenant, sequence: Date.now(), source: 'typed' };
  const fact = typedFact({ type, period, millionths: Math.round(value * 1e6), at }, origin, nodeDigest);
  if (options.dryRun !== true) {
    const publisher = await openFactPublisher(target, io);
    await publisher.publish([fact]).finally(() => publisher.stop());
  }
  const what = options.dryRun === true ? 'would be set (dry run)' : 'set';
  io.stdout.write(`${figure.key} of ${periodName(period)} ${what} to ${value}\n`);
}

/** A KPI that reads a typed cell, by its key or by the name of the figure. */
function typedKpi(key: string): { readonly type: string; readonly kinds: readonly PeriodKind[] } {
  for (const [type, cell] of Object.entries(typedCells)) {
    const kpis = [...allKpis.values()].filter((kpi) => 'formula' in kpi && cellsOf(kpi.formula).includes(cell));
    const found = kpis.find((kpi) => kpi.key === key) ?? (type === key ? kpis[0] : undefined);
    if (found !== undefined) return { type, kinds: found.periods };
    if (type === key) return { type, kinds: periodKinds };
  }
  throw usageError(
    `${key} cannot be typed in; what can is ${Object.keys(typedCells).join(', ')}. All other KPIs are counted.`,
  );
}
