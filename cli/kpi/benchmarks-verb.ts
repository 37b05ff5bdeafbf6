import type { Command } from 'commander';
import type { SupposedEffect } from '../../services/core/kpis/benchmarks/what-if.ts';
import { whatIf } from '../../services/core/kpis/benchmarks/what-if.ts';
import { readBenchmarks } from '../../services/platform/runtime/read-benchmarks.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';
import { readOneOf, reportLanguages } from './kpi-options.ts';
import { quotedSection } from './quoted-section.ts';
import { sectionText } from './section-text.ts';

interface BenchmarkOptions {
  readonly file?: string;
  readonly format: string;
  readonly lang: string;
}

interface WhatIfOptions extends BenchmarkOptions {
  readonly loyalty?: string;
  readonly satisfaction?: string;
  readonly feedbackDays?: string;
  readonly acquisitionCost?: string;
  readonly change: readonly string[];
}

/** `tidewatch kpi benchmarks` and `kpi what-if`: what handbooks quote, and what that would come to. */
export function addBenchmarkVerbs(kpi: Command, io: CliIo): void {
  withFile(kpi.command('benchmarks'))
    .description('Figures that the handbooks quote, with document and range. Unchecked, and no results of ours.')
    .action((options: BenchmarkOptions) => list(options, io));
  withFile(kpi.command('what-if'))
    .description('What quoted elasticities make of a change. Unverified: a sum on paper, no forecast.')
    .option('--loyalty <percent>', 'loyalty rises or falls by so many per cent, +1')
    .option('--satisfaction <percent>', 'satisfaction likewise')
    .option('--feedback-days <days>', 'feedback comes so many days later; -1 is a day faster')
    .option('--acquisition-cost <percent>', 'cost of acquisition against the industry')
    .option('--change <driver=amount>', 'a driver of your own file', (text, all: string[]) => [...all, text], [])
    .action((options: WhatIfOptions) => suppose(options, io));
}

function withFile(command: Command): Command {
  return command
    .option('--file <path>', 'your own copy (default: kpis/benchmarks.yaml)')
    .option('--format <name>', 'table or json', 'table')
    .option('--lang <language>', 'en or zh-CN', 'en');
}

async function list(options: BenchmarkOptions, io: CliIo): Promise<void> {
  const language = readOneOf('--lang', options.lang, reportLanguages);
  const format = readOneOf('--format', options.format, ['table', 'json']);
  const { version, benchmarks } = await readBenchmarks(options.file ?? null);
  if (format === 'json') io.stdout.write(`${JSON.stringify({ version, quotedNotMeasured: benchmarks }, null, 2)}\n`);
  else io.stdout.write(sectionText(quotedSection(benchmarks, language), language));
}

async function suppose(options: WhatIfOptions, io: CliIo): Promise<void> {
  const language = readOneOf('--lang', options.lang, reportLanguages);
  const format = readOneOf('--format', options.format, ['table', 'json']);
  const { version, elasticities } = await readBenchmarks(options.file ?? null);
  const drivers = [...new Set(elasticities.map(({ driver }) => driver))];
  const changes = changesOf(options);
  if (changes.length === 0)
    throw usageError(`Say what changes, such as --loyalty +1; drivers are ${drivers.join(', ')}.`);
  const unknown = changes.find(([driver]) => !drivers.includes(driver));
  if (unknown !== undefined)
    throw usageError(`No elasticity is known for ${unknown[0]}; drivers are ${drivers.join(', ')}.`);
  const effects = changes.flatMap(([driver, change]) => whatIf(elasticities, driver, change));
  if (format === 'json') io.stdout.write(`${JSON.stringify({ version, unverified: true, effects }, null, 2)}\n`);
  else io.stdout.write(effects.map((effect) => describe(effect, language)).join(''));
}

function changesOf({ loyalty, satisfaction, feedbackDays, acquisitionCost, change }: WhatIfOptions) {
  const named = { loyalty, satisfaction, 'feedback-days': feedbackDays, 'acquisition-cost': acquisitionCost };
  const given = Object.entries(named).flatMap(([driver, text]) =>
    text === undefined ? [] : [[driver, text] as const],
  );
  const own = change.map(
    (text) => [text.slice(0, Math.max(0, text.indexOf('='))), text.slice(text.indexOf('=') + 1)] as const,
  );
  return [...given, ...own].map(([driver, text]) => [driver, readChange(driver, text)] as const);
}

function readChange(driver: string, text: string): number {
  if (/^[+-]?\d{1,4}(\.\d{1,4})?$/.test(text)) return Number(text);
  throw usageError(`The change of ${driver || '(no driver)'} is "${text}"; write a number such as +1 or -2.5.`);
}

function describe({ elasticity, change, low, high }: SupposedEffect, language: 'en' | 'zh-CN'): string {
  const { driver, unit, text, documents, row } = elasticity;
  const by = `${driver} ${signed(change)}${unit === 'percent' ? ' %' : language === 'en' ? ' days' : ' 天'}`;
  const label = language === 'en' ? 'unverified' : '未经核实';
  const source = `${language === 'en' ? 'handbook' : '手册'} ${documents.join(', ')}, ${row}`;
  return `${by} → ${language === 'en' ? text.en : text.zhCN} ${range(low, high)} (${label}; ${source})\n`;
}

function range(low: number | null, high: number | null): string {
  if (low === null) return `≤ ${signed(high ?? 0)} %`;
  if (high === null) return `≥ ${signed(low)} %`;
  return low === high ? `${signed(low)} %` : `${signed(low)} % – ${signed(high)} %`;
}

function signed(figure: number): string {
  const shown = Number(figure.toFixed(3));
  return `${shown > 0 ? '+' : ''}${shown}`;
}
