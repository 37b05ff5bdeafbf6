import { join } from 'node:path';
import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';
import { baselinePeriods, isAfter } from '../../services/core/kpis/evaluation/baseline-periods.ts';
import { type ComparedSlice, compareBaseline } from '../../services/core/kpis/evaluation/compare-baseline.ts';
import { readBaselinePeriod } from '../../services/core/kpis/evaluation/read-baseline-periods.ts';
import { type Period, periodName } from '../../services/core/kpis/period.ts';
import { EffectBook } from '../../services/core/uplift/effect-book.ts';
import { type EffectRow, reportEffects } from '../../services/core/uplift/effect-report.ts';
import type { CliIo } from '../cli-io.ts';
import { readDay } from '../read-options.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { usageError } from '../usage-error.ts';
import { readBaseline, writeBaseline } from './baseline-file.ts';
import { comparisonSections, holdoutSection } from './comparison-sections.ts';
import { type KpiConnection, type KpiOptions, openKpis } from './kpi-connection.ts';
import { readDimension, readOneOf, readPeriod, reportLanguages, requireOver, withKpiOptions } from './kpi-options.ts';
import { sectionText } from './section-text.ts';

interface FreezeOptions extends KpiOptions {
  readonly goLive: string;
  readonly by: string;
  readonly out?: string;
}

interface CompareOptions extends KpiOptions {
  readonly baseline?: string;
  readonly period: string;
  readonly format: string;
  readonly lang: string;
}

/** `tidewatch kpi baseline freeze|compare`: before and after the engine went live. */
export function addBaselineVerb(kpi: Command, io: CliIo): void {
  const verb = kpi.command('baseline').description('How things stood before go-live, and what became of them.');
  withKpiOptions(verb.command('freeze'))
    .description('Freeze the last half-year and year before go-live: values and the cells behind them. Once.')
    .requiredOption('--go-live <day>', 'first business day with the engine in use, YYYY-MM-DD')
    .option('--by <what>', 'customer groups to freeze besides the whole', 'tier')
    .option('--out <file>', 'where to (default: baseline-<tenant>.json in --directory)')
    .action((options: FreezeOptions) => freeze(options, io));
  withKpiOptions(verb.command('compare'))
    .description('Half a year or a year after go-live against the same before, with intervals and the hold-out effect.')
    .requiredOption('--period <period>', '2026-H2 or 2026')
    .option('--baseline <file>', 'what was frozen (default: baseline-<tenant>.json in --directory)')
    .option('--format <name>', 'table or json', 'table')
    .option('--lang <language>', 'en or zh-CN', 'en')
    .action((options: CompareOptions) => compare(options, io));
}

function fileOf(given: string | undefined, { directory }: KpiOptions, { target }: KpiConnection): string {
  return given ?? join(directory, `baseline-${target.tenant}.json`);
}

async function freeze(options: FreezeOptions, io: CliIo): Promise<void> {
  const goLive = readDay('--go-live', options.goLive);
  const by = readDimension('--by', options.by);
  const kpis = await openKpis(options, io);
  try {
    const { tenant, currency, timezone } = kpis.target;
    const today = createBusinessCalendar(timezone).dayOf(Date.now());
    if (goLive > today) throw usageError(`--go-live ${options.goLive} is still to come; freeze on that day, when all before it is counted.`); // prettier-ignore
    const read = (period: Period) => readBaselinePeriod(kpis.source, kpis.plan, period, by);
    const periods = (await Promise.all(baselinePeriods(goLive).map(read))).flat();
    if (periods.length === 0) throw usageError(`Nothing of ${tenant} is counted before ${options.goLive}; import its history first.`); // prettier-ignore
    const file = fileOf(options.out, options, kpis);
    await writeBaseline(file, { format: 1, tenant, currency, goLive: options.goLive, planVersion: kpis.plan.version, periods }); // prettier-ignore
    const names = [...new Set(periods.map(({ period }) => period))].join(' and ');
    io.stdout.write(
      `${file}: ${names} of ${tenant} frozen, ${periods.length} times ${periods[0].kpis.length} KPIs at most\n`,
    );
  } finally {
    await kpis.close();
  }
}

async function compare(options: CompareOptions, io: CliIo): Promise<void> {
  const format = readOneOf('--format', options.format, ['table', 'json']);
  const language = readOneOf('--lang', options.lang, reportLanguages);
  const period = readPeriod('--period', options.period, ['half', 'year']);
  const kpis = await openKpis(options, io);
  try {
    const { tenant, timezone } = kpis.target;
    const file = fileOf(options.baseline, options, kpis);
    const baseline = await readBaseline(file, tenant);
    if (!isAfter(period, epochDayFromIso(baseline.goLive))) throw usageError(`${options.period} begins before go-live on ${baseline.goLive}; take a period after it.`); // prettier-ignore
    requireOver(period, timezone, Date.now());
    const slices = await compareBaseline(baseline, kpis.source, period);
    if (slices.length === 0) throw usageError(`${file} holds no period as long as ${options.period}; take a half-year or a year that was frozen.`); // prettier-ignore
    const effects = await readEffects(kpis, io);
    if (format === 'json')
      io.stdout.write(`${JSON.stringify({ tenant, goLive: baseline.goLive, period: periodName(period), slices, holdout: effects }, null, 2)}\n`); // prettier-ignore
    else io.stdout.write(asTable(slices, effects, { currency: baseline.currency, language }));
  } finally {
    await kpis.close();
  }
}

/** All playbooks together, then each. */
async function readEffects({ target }: KpiConnection, io: CliIo): Promise<readonly EffectRow[]> {
  const book = new EffectBook();
  await readTasks(target, io, (task) => void book.add(task));
  const { overall, playbooks } = reportEffects(book.tallies, 1);
  return [overall, ...playbooks];
}

function asTable(
  slices: readonly ComparedSlice[],
  effects: readonly EffectRow[],
  format: Parameters<typeof comparisonSections>[1],
): string {
  const sections = [...comparisonSections(slices, format), holdoutSection(effects, format.language)];
  return sections.map((section) => sectionText(section, format.language)).join('\n');
}
