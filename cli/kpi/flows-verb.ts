import type { Command } from 'commander';
import { readStageFlows, type StageFlow } from '../../services/core/kpis/flows/read-stage-flows.ts';
import { periodKinds, periodName } from '../../services/core/kpis/period.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';
import { flowSection } from './flow-section.ts';
import { type KpiOptions, openKpis } from './kpi-connection.ts';
import { readOneOf, readPeriod, reportLanguages, withKpiOptions } from './kpi-options.ts';
import { sectionText } from './section-text.ts';

interface FlowOptions extends KpiOptions {
  readonly period: string;
  readonly format: string;
  readonly lang: string;
}

/** `tidewatch kpi flows`: how many customers each stage has, and how many came and went. */
export function addFlowsVerb(kpi: Command, io: CliIo): void {
  withKpiOptions(kpi.command('flows'))
    .description('Stages of customers, with how many came into each and left it within a period.')
    .requiredOption('--period <period>', '2026-11-28, 2026-W48, 2026-10, 2026-Q3, 2026-H1 or 2026')
    .option('--format <name>', 'table, csv or json', 'table')
    .option('--lang <language>', 'en or zh-CN', 'en')
    .action((options: FlowOptions) => show(options, io));
}

async function show(options: FlowOptions, io: CliIo): Promise<void> {
  const format = readOneOf('--format', options.format, ['table', 'csv', 'json']);
  const language = readOneOf('--lang', options.lang, reportLanguages);
  const period = readPeriod('--period', options.period, periodKinds);
  const kpis = await openKpis(options, io);
  try {
    const { tenant } = kpis.target;
    const flows = await readStageFlows(kpis.source, period);
    if (format === 'json') {
      io.stdout.write(`${JSON.stringify({ tenant, period: periodName(period), stages: flows }, null, 2)}\n`);
    } else if (format === 'csv') io.stdout.write(csvOf(tenant, periodName(period), flows));
    else io.stdout.write(`${tenant} ${periodName(period)}\n${sectionText(flowSection(flows, language), language)}`);
  } finally {
    await kpis.close();
  }
}

function csvOf(tenant: string, period: string, flows: readonly StageFlow[]): string {
  const lines = flows.map(({ stage, atEnd, entries, exits }) => [
    ...[tenant, period, stage, String(atEnd ?? ''), String(entries), String(exits)],
  ]);
  return [['tenant', 'period', 'stage', 'at_end', 'entries', 'exits'], ...lines].map(csvLine).join('');
}
