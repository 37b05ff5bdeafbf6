import { join } from 'node:path';
import type { Command } from 'commander';
import { monthlyKinds, periodName } from '../../services/core/kpis/period.ts';
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
}

/** `tidewatch kpi report`: the report of a period, and the archive of reports. */
export function addReportVerb(kpi: Command, io: CliIo): void {
  withKpiOptions(kpi.command('report'))
    .description('Report of a month, quarter, half-year or year: scorecard, comparison, weak points, improvements.')
    .option('--period <period>', '2026-10, 2026-Q3, 2026-H1 or 2026')
    .option('--by <what>', 'what customer groups are made of', 'tier')
    .option('--format <name>', `one of ${reportFormats.join(', ')}`, 'table')
    .option('--lang <language>', 'en or zh-CN', 'en')
    .option('--archive <dir>', 'archive the report of a period that is over; once, later ones beside it')
    .option('--list', 'list what is archived in --archive, and whether it is as it was written')
    .option('--measures <file>', 'what is proposed where a KPI misses its target (default: kpis/measures.yaml)')
    .option('--benchmarks <file>', 'figures that are quoted (default: kpis/benchmarks.yaml)')
    .option('--clv-days <days>', 'days that the predicted lifetime value looks ahead', '365')
    .action((options: ReportOptions) => report(options, io));
}

async function report(options: ReportOptions, io: CliIo): Promise<void> {
  const format = readOneOf('--format', options.format, reportFormats);
  const language = readOneOf('--lang', options.lang, reportLanguages);
  if (options.list !== true && options.period === undefined) throw usageError('Name the period with --period, such as 2026-10.'); // prettier-ignore
  const kpis = await openKpis(options, io);
  try {
    if (options.list === true) {
      await list(options, kpis, io);
      return;
    }
    const found = await readReport(kpis.source, await requestOf(options, kpis));
    if (options.archive === undefined) io.stdout.write(drawReport(found, format, language));
    else await archive(found, options.archive, { kpis, io });
  } finally {
    await kpis.close();
  }
}

async function requestOf(options: ReportOptions, { target, plan }: KpiConnection) {
  return {
    tenant: target.tenant,
    currency: target.currency,
    plan,
    period: readPeriod('--period', options.period ?? '', monthlyKinds),
    by: readDimension('--by', options.by),
    measures: await readMeasures(options.measures ?? null),
    benchmarks: await readBenchmarks(options.benchmarks ?? null),
    clvDays: readWhole('--clv-days', options.clvDays, [1, 36_500]),
  };
}

async function archive(
  found: Awaited<ReturnType<typeof readReport>>,
  directory: string,
  { kpis, io }: { readonly kpis: KpiConnection; readonly io: CliIo },
): Promise<void> {
  const { tenant, timezone } = kpis.target;
  const { period } = found.scorecard;
  const now = Date.now();
  requireOver(period, timezone, now);
  const place = { directory, tenant, period: periodName(period) };
  const made = await archiveReport(place, archivedFiles(found), new Date(now).toISOString());
  const path = join(directory, tenant, made.period, `r${made.revision}`);
  const what = made.isNew ? 'archived' : 'says the same, nothing was written';
  io.stdout.write(`${made.period} revision ${made.revision} ${what}: ${path} (sha256 ${made.sha256.slice(0, 12)})\n`);
}

async function list({ archive: directory }: ReportOptions, { target }: KpiConnection, io: CliIo): Promise<void> {
  if (directory === undefined) throw usageError('--list needs the directory of the archive: add --archive DIR.');
  const revisions = await listArchive(directory, target.tenant);
  for (const { period, revision, archivedAt, sha256, isIntact } of revisions) {
    const state = isIntact ? 'as written' : 'ALTERED';
    io.stdout.write(`${period}  revision ${revision}  ${archivedAt || '-'}  ${sha256.slice(0, 12) || '-'}  ${state}\n`);
  }
  if (revisions.length === 0) io.stderr.write(`Nothing of ${target.tenant} is archived in ${directory}.\n`);
}
