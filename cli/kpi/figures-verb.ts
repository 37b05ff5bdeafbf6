import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { typedFact } from '../../services/core/kpis/figures/figure-fact.ts';
import { spendTypes } from '../../services/core/kpis/figures/spend-row.ts';
import { daysIn, periodName } from '../../services/core/kpis/period.ts';
import { formatMoney } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import { readKpis } from '../../services/platform/runtime/read-kpis.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';
import { findTarget } from '../import/target.ts';
import { usageError } from '../usage-error.ts';
import { writeOutFile } from '../write-out-file.ts';
import { findTypedKpi, type TypedKpi } from './find-typed-kpi.ts';
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
  const { document } = await readKpis(io.env['TIDEWATCH_KPIS_FILE'] || null);
  const kpi = findTypedKpi(figure.key, document);
  const period = readPeriod('The period', figure.period, kpi.kinds);
  if (period.index < 0)
    throw usageError(`The period ${figure.period} lies before 1970; figures are kept from then on.`);
  const value = readValue(figure.value, kpi);
  const target = await findTarget(options, io);
  const at = createBusinessCalendar(target.timezone).startOf(daysIn(period)[0]);
  const origin = { tenant: target.tenant, sequence: Date.now(), source: 'typed' };
  const fact = typedFact({ type: kpi.type, period, millionths: Math.round(value * 1e6), at }, origin, nodeDigest);
  if (options.dryRun !== true) {
    const publisher = await openFactPublisher(target, io);
    await publisher.publish([fact]).finally(() => publisher.stop());
  }
  const what = options.dryRun === true ? 'would be set (dry run)' : 'set';
  io.stdout.write(`${kpi.key} of ${periodName(period)} ${what} to ${value}\n`);
}

/** From 0 to the most a value can be: somebody who means 12 % writes 0.12, and 12 would be believed. */
function readValue(text: string, { key, unit }: TypedKpi): number {
  const value = /^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw usageError(`The value "${text}" is no number with at most 6 decimals, such as 0.123.`);
  const most = unit === 'share' ? 1 : 100;
  if (value >= 0 && value <= most) return value;
  throw usageError(`${key} is ${unit === 'share' ? 'a share' : 'an index'} from 0 to ${most}, not ${text}${unit === 'share' ? '; write 12 % as 0.12' : ''}.`); // prettier-ignore
}
