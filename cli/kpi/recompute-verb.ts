import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { KpiDefinition } from '../../services/core/kpis/kpi-definition.ts';
import type { KpiDimension } from '../../services/core/kpis/kpi-dimension.ts';
import { kpiRegistry } from '../../services/core/kpis/kpi-registry.ts';
import type { KpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { daysIn, isMonthly, periodKinds, periodName, type Period } from '../../services/core/kpis/period.ts';
import { compareKpis, type ComparedKpi } from '../../services/core/kpis/recompute/compare-kpis.ts';
import { gatherHistory } from '../../services/core/kpis/recompute/gather-history.ts';
import { recomputeCells } from '../../services/core/kpis/recompute/recompute-cells.ts';
import type { KpiStore } from '../../services/core/ports/kpi-store.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';
import { comparedJson, comparedText } from './compared-kpis.ts';
import { type KpiConnection, type KpiOptions, openKpis } from './kpi-connection.ts';
import { readDimension, readOneOf, readPeriod, withKpiOptions } from './kpi-options.ts';
import { cutLogs, type ReadKpiLogs, readKpiLogs } from './read-kpi-logs.ts';

interface RecomputeOptions extends KpiOptions {
  readonly period: string;
  readonly kpi?: string;
  readonly by?: string;
  readonly compare?: true;
  readonly format: string;
}

interface Asked {
  readonly period: Period;
  readonly definitions: readonly KpiDefinition[];
  readonly by: KpiDimension | null;
}

/** `tidewatch kpi recompute`: KPIs from the logs alone, beside what was counted. */
export function addRecomputeVerb(kpi: Command, io: CliIo, finish: (exitCode: number) => void): void {
  withKpiOptions(kpi.command('recompute'))
    .description('Compute the KPIs of a period anew from the whole logs, beside what was counted as events came.')
    .requiredOption('--period <period>', '2026-11-28, 2026-W48, 2026-10, 2026-Q3, 2026-H1 or 2026')
    .option('--kpi <key>', 'this one alone')
    .option('--by <what>', 'each value of a dimension in place of the whole')
    .option('--compare', 'exit with 1 where a KPI is another one than was counted')
    .option('--format <name>', 'table or json', 'table')
    .action(async (options: RecomputeOptions) => finish(await recompute(options, io)));
}

async function recompute(options: RecomputeOptions, io: CliIo): Promise<number> {
  const format = readOneOf('--format', options.format, ['table', 'json']);
  const asked = readAsked(options);
  const kpis = await openKpis(options, io);
  try {
    const logs = await readKpiLogs(kpis.target, io);
    const behind = await countBehind(kpis.store, logs);
    const compared = await compare(kpis, asked, logs);
    const { tenant, currency } = kpis.target;
    const heading = { tenant, currency, period: periodName(asked.period), behind };
    io.stdout.write(format === 'json' ? comparedJson(heading, compared) : comparedText(heading, compared));
    if (options.compare === true && compared.some(({ verdict }) => verdict === 'differs')) return 1;
    return 0;
  } finally {
    await kpis.close();
  }
}

/** Without a key, all that have a value for such a period and can be split so. */
function readAsked({ period: name, kpi, by: dimension }: RecomputeOptions): Asked {
  const period = readPeriod('--period', name, periodKinds);
  const by = dimension === undefined ? null : readDimension('--by', dimension);
  if (by !== null && !isMonthly(period.kind)) throw usageError('--by takes a month or longer: days and weeks are counted as a whole.'); // prettier-ignore
  const isAskable = ({ periods, dimensions }: KpiDefinition): boolean =>
    periods.includes(period.kind) && (by === null || dimensions.includes(by));
  if (kpi === undefined) return { period, by, definitions: kpiRegistry.filter(isAskable) };
  const found = kpiRegistry.find(({ key }) => key === kpi);
  if (found === undefined)
    throw usageError(`--kpi ${kpi} is not counted; docs/reference/kpis.md lists those that are.`);
  if (isAskable(found)) return { period, by, definitions: [found] };
  const split = found.dimensions.length === 0 ? 'is not split' : `is split by ${found.dimensions.join(', ')}`;
  throw usageError(`--kpi ${kpi} has a value for a ${found.periods.join(', ')} and ${split}.`);
}

async function compare(
  { target, plan, source }: KpiConnection,
  { period, definitions, by }: Asked,
  logs: ReadKpiLogs,
): Promise<readonly ComparedKpi[]> {
  const calendar = createBusinessCalendar(target.timezone);
  const rules: KpiRules = { ...plan.counting, dayOf: (ms) => calendar.dayOf(ms) };
  const history = gatherHistory(
    { ...logs, minorPerMajor: minorPerMajor(currencyExponent(target.currency) ?? 2) },
    rules,
  );
  const whole = by === null ? await source.whole(period) : null;
  const slices = by === null ? [] : [...(await source.slices(period, by))];
  const streamed = new Map([
    ...(whole === null ? [] : [['', whole] as const]),
    ...slices.map(([value, cells]) => [`${by}=${value}`, cells] as const),
  ]);
  const [from] = daysIn(period);
  const recomputed = recomputeCells(history, period, rules);
  return compareKpis({ definitions, by, streamed, recomputed, cutLogs: cutLogs(logs, from) });
}

/** How many facts were published and not counted when reading began. */
async function countBehind(store: KpiStore, { factBounds }: ReadKpiLogs): Promise<number> {
  const behind = factBounds.partitions.map(async ({ first, end }, partition) => {
    const mark = await store.mark(partition);
    return Math.max(0, end - Math.max(first, mark?.nextOffset ?? 0));
  });
  return (await Promise.all(behind)).reduce((sum, each) => sum + each, 0);
}
