import { join } from 'node:path';
import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { KpiPlan } from '../../services/core/kpis/kpi-plan.ts';
import { monthlyKinds, periodName } from '../../services/core/kpis/period.ts';
import { type DueReport, dueReports } from '../../services/core/kpis/reports/due-reports.ts';
import type { KpiReport } from '../../services/core/kpis/reports/kpi-report.ts';
import { readReport } from '../../services/core/kpis/reports/read-report.ts';
import { readBenchmarks } from '../../services/platform/runtime/read-benchmarks.ts';
import { readMeasures } from '../../services/platform/runtime/read-measures.ts';
import type { CliIo } from '../cli-io.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';
import { archivedFiles, drawReport, reportFormats } from './draw-report.ts';
import { type KpiConnection, type KpiOptions, openKpis } from './kpi-connection.ts';
import { readDimension, readOneOf, readPeriod, reportLanguages, requireOver, withKpiOptions } from './kpi-options.ts';
import { archiveReport, listArchive } from './report-archive.ts';

interface ReportOptions extends KpiOptions {
  readonly period?: string;
  readonly by: string;
  readonly format: string;
  readonly lang: string;
  readonly archive?: string;
  readonly measures?: string;
  readonly benchmarks?: string;
  readonly clvDays: string;
  readonly list?: true;
  readonly report: string;
  readonly due?: true;
}

/** `tidewatch kpi report`: the report of a period, and the archive of reports. */
export function addReportVerb(kpi: Command, io: CliIo): void {
  withKpiOptions(kpi.command('report'))
    .description('Report of a month, quarter, half-year or year: scorecard, comparison, weak points, improvements.')
    .option('--period <period>', '2026-10, 2026-Q3, 2026-H1 or 2026')
    .option('--report <name>', 'which report of the KPI file: the KPIs it holds', 'scorecard')
    .option('--by <what>', 'what customer groups are made of', 'tier')
    .option('--format <name>', `one of ${reportFormats.join(', ')}`, 'table')
    .option('--lang <language>', 'en or zh-CN', 'en')
    .option('--archive <dir>', 'archive the report of a period that is over; once, later ones beside it')
    .option('--due', 'archive every report of the KPI file for the last periods that are over; for a scheduler')
    .option('--list', 'list what is archived in --archive, and whether it is as it was written')
    .option('--measures <file>', 'what is proposed where a KPI misses its target (default: kpis/measures.yaml)')
    .option('--benchmarks <file>', 'figures that are quoted (default: kpis/benchmarks.yaml)')
    .option('--clv-days <days>', 'days that the predicted lifetime value looks ahead', '365')
    .action((options: ReportOptions) => report(options, io));
}

async function report(options: ReportOptions, io: CliIo): Promise<void> {
  const format = readOneOf('--format', options.format, reportFormats);
  const language = readOneOf('--lang', options.lang, reportLanguages);
  checkWhat(options);
  const kpis = await openKpis(options, io);
  try {
    if (options.list === true) await list(options, kpis, io);
    else if (options.due === true) await archiveDue(options, kpis, io);
    else {
      const wanted = readWanted(options, kpis.plan);
      if (options.archive !== undefined) requireOver(wanted.period, kpis.target.timezone, Date.now());
      const found = await readReport(kpis.source, { ...(await requestOf(options, kpis)), ...wanted });
      if (options.archive === undefined) io.stdout.write(drawReport(found, format, language));
      else await archive(found, options.archive, io);
    }
  } finally {
    await kpis.close();
  }
}

function checkWhat({ list: isList, due, period, archive: directory }: ReportOptions): void {
  if (due === true && period !== undefined) throw usageError('--due finds the periods itself: leave out --period.');
  if (due === true && directory === undefined) throw usageError('--due archives: add --archive DIR.');
  if (isList !== true && due !== true && period === undefined) throw usageError('Name the period with --period, such as 2026-10.'); // prettier-ignore
}

/** The report and the period that are asked for, where the plan makes that report of such periods. */
function readWanted({ report: name, period: text }: ReportOptions, { reports }: KpiPlan): DueReport {
  const period = readPeriod('--period', text ?? '', monthlyKinds);
  const rule = reports.get(readOneOf('--report', name, [...reports.keys()]));
  if (rule?.every.includes(period.kind) !== true) {
    throw usageError(
      `The KPI file makes the report ${name} of each ${rule?.every.join(', ')}, not of a ${period.kind}.`,
    );
  }
  return { report: name, period };
}

async function requestOf(options: ReportOptions, { target, plan }: KpiConnection) {
  return {
    tenant: target.tenant,
    currency: target.currency,
    plan,
    by: readDimension('--by', options.by),
    measures: await readMeasures(options.measures ?? null),
    benchmarks: await readBenchmarks(options.benchmarks ?? null),
    clvDays: readWhole('--clv-days', options.clvDays, [1, 36_500]),
  };
}

async function archiveDue(options: ReportOptions, kpis: KpiConnection, io: CliIo): Promise<void> {
  const request = await requestOf(options, kpis);
  const today = createBusinessCalendar(kpis.target.timezone).dayOf(Date.now());
  for (const due of dueReports(kpis.plan, today)) {
    await archive(await readReport(kpis.source, { ...request, ...due }), options.archive ?? '', io);
  }
}

async function archive(found: KpiReport, directory: string, io: CliIo): Promise<void> {
  const { tenant, period } = found.scorecard;
  const place = { directory, tenant, period: periodName(period), report: found.report.key };
  const made = await archiveReport(place, archivedFiles(found), new Date().toISOString());
  const path = join(directory, tenant, made.period, made.report, `r${made.revision}`);
  const what = made.isNew ? 'archived' : 'says the same, nothing was written';
  io.stdout.write(`${made.period} ${made.report} revision ${made.revision} ${what}: ${path} (sha256 ${made.sha256.slice(0, 12)})\n`); // prettier-ignore
}

async function list({ archive: directory }: ReportOptions, { target }: KpiConnection, io: CliIo): Promise<void> {
  if (directory === undefined) throw usageError('--list needs the directory of the archive: add --archive DIR.');
  const revisions = await listArchive(directory, target.tenant);
  for (const { report: name, period, revision, archivedAt, sha256, isIntact } of revisions) {
    const state = isIntact ? 'as written' : 'ALTERED';
    io.stdout.write(
      `${period}  ${name}  revision ${revision}  ${archivedAt || '-'}  ${sha256.slice(0, 12) || '-'}  ${state}\n`,
    );
  }
  if (revisions.length === 0) io.stderr.write(`Nothing of ${target.tenant} is archived in ${directory}.\n`);
}
