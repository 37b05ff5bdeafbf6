import type { Command } from 'commander';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { type KpiDimension, kpiDimensions } from '../../services/core/kpis/kpi-dimension.ts';
import { daysIn, parsePeriod, type Period, periodName, type PeriodKind } from '../../services/core/kpis/period.ts';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import { usageError } from '../usage-error.ts';

/** Options of every verb that reads KPIs. */
export function withKpiOptions(command: Command): Command {
  return command
    .option('--tenant <id>', 'whose KPIs, where the installation has several tenants')
    .option('--plan <file>', 'weights, targets and owners (default: TIDEWATCH_KPIS_FILE, else those that come with it)')
    .option('--directory <dir>', 'directory of the local `npm start`', '.tidewatch');
}

/** A period by its name, of one of the kinds asked for. */
export function readPeriod(option: string, text: string, kinds: readonly PeriodKind[]): Period {
  const period = parsePeriod(text);
  if (period !== null && kinds.includes(period.kind)) return period;
  const examples = {
    day: '2026-11-28',
    week: '2026-W48',
    month: '2026-10',
    quarter: '2026-Q3',
    half: '2026-H1',
    year: '2026',
  };
  throw usageError(
    `${option} "${text}" is no period; write one such as ${kinds.map((kind) => examples[kind]).join(', ')}.`,
  );
}

export function readDimension(option: string, text: string): KpiDimension {
  const found = kpiDimensions.find((dimension) => dimension === text);
  if (found !== undefined) return found;
  throw usageError(`${option} ${text} is not known; give one of ${kpiDimensions.join(', ')}.`);
}

export function readOneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  throw usageError(`${option} ${text} is not known; give one of ${known.join(', ')}.`);
}

export const reportLanguages: readonly ReportLanguage[] = ['en', 'zh-CN'];

/** @throws ERR_USAGE while the period still runs, by the tenant's calendar */
export function requireOver(period: Period, timezone: string, now: number): void {
  const today = createBusinessCalendar(timezone).dayOf(now);
  const [, after] = daysIn(period);
  if (today >= after) return;
  throw usageError(
    `${periodName(period)} is not over yet in ${timezone}; what is archived is written once, so wait for its end.`,
  );
}
