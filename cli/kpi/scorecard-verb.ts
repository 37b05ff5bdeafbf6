import type { Command } from 'commander';
import { isMonthly, periodKinds, periodName } from '../../services/core/kpis/period.ts';
import { readScorecard, readSlicedScorecards } from '../../services/core/kpis/scorecard/read-scorecards.ts';
import { scorecardToJson } from '../../services/core/kpis/scorecard/scorecard-to-json.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';
import { type KpiOptions, openKpis } from './kpi-connection.ts';
import { readDimension, readOneOf, readPeriod, reportLanguages, withKpiOptions } from './kpi-options.ts';
import { scorecardCsv } from './scorecard-csv.ts';
import { describeComposite, scorecardSection } from './scorecard-sections.ts';
import { sectionText } from './section-text.ts';

interface ScorecardOptions extends KpiOptions {
  readonly period: string;
  readonly by?: string;
  readonly format: string;
  readonly lang: string;
}

/** `tidewatch kpi scorecard`: value, target and trend of each KPI, and the composite. */
export function addScorecardVerb(kpi: Command, io: CliIo): void {
  withKpiOptions(kpi.command('scorecard'))
    .description('Value, target, achievement and trend of every KPI of a period, with the weighted composite.')
    .requiredOption('--period <period>', '2026-11-28, 2026-W48, 2026-10, 2026-Q3, 2026-H1 or 2026')
    .option('--by <what>', 'also each value of tier, stage, channel, region, store, staff, queue, playbook or campaign')
    .option('--format <name>', 'table, csv or json', 'table')
    .option('--lang <language>', 'en or zh-CN', 'en')
    .action((options: ScorecardOptions) => show(options, io));
}

async function show(options: ScorecardOptions, io: CliIo): Promise<void> {
  const format = readOneOf('--format', options.format, ['table', 'csv', 'json']);
  const language = readOneOf('--lang', options.lang, reportLanguages);
  const period = readPeriod('--period', options.period, periodKinds);
  const by = options.by === undefined ? null : readDimension('--by', options.by);
  if (by !== null && !isMonthly(period.kind)) throw usageError('--by: days and weeks are counted as a whole; leave it out, or take a month or longer.'); // prettier-ignore
  const kpis = await openKpis(options, io);
  try {
    const { tenant, currency } = kpis.target;
    const request = { tenant, currency, plan: kpis.plan, period };
    const whole = await readScorecard(kpis.source, request);
    const all = [whole, ...(by === null ? [] : await readSlicedScorecards(kpis.source, request, by))];
    if (format === 'json') io.stdout.write(`${JSON.stringify(all.map(scorecardToJson), null, 2)}\n`);
    else if (format === 'csv') io.stdout.write(scorecardCsv(all));
    else {
      io.stdout.write(`${tenant} ${periodName(period)}\n`);
      for (const scorecard of all) {
        io.stdout.write(`${describeComposite(scorecard, language)}\n`);
        io.stdout.write(`${sectionText(scorecardSection(scorecard, language), language)}\n`);
      }
    }
  } finally {
    await kpis.close();
  }
}
