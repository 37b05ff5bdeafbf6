import { type CellReader, evaluate } from '../expression.ts';
import type { KpiSlice } from '../kpi-dimension.ts';
import { trafficLight } from '../kpi-target.ts';
import type { Period } from '../period.ts';
import { achievementOf } from './achievement.ts';
import { compositeOf } from './composite.ts';
import type { ScorecardEntry } from './scorecard-entry.ts';
import type { Scorecard, ScorecardLine, Trend } from './scorecard.ts';

/** Cells of the period and of those it is compared with; null for one in which nothing was counted yet. */
export interface ComparedCells {
  readonly current: CellReader | null;
  readonly previous: CellReader | null;
  readonly yearBefore: CellReader | null;
}

export interface ScorecardRequest {
  readonly tenant: string;
  readonly currency: string;
  readonly period: Period;
  readonly slice: KpiSlice;
  /** Those that cannot be asked for this kind of period, or not split so, are left out. */
  readonly entries: readonly ScorecardEntry[];
  readonly cells: ComparedCells;
}

/**
 * Every KPI of the period with its target and how it moved. KPIs of one handbook number stay lines of their own: a share
 * and an index of satisfaction have their own targets and industry values and are never set against each other.
 */
export function makeScorecard(request: ScorecardRequest): Scorecard {
  const { tenant, currency, period, slice, entries, cells } = request;
  const lines = entries.filter((entry) => isAskable(entry, period, slice)).map((entry) => lineOf(entry, cells));
  return { tenant, currency, period, slice, composite: compositeOf(lines), lines };
}

function isAskable({ definition, dimensions }: ScorecardEntry, { kind }: Period, slice: KpiSlice): boolean {
  return definition.periods.includes(kind) && (slice === null || dimensions.includes(slice.dimension));
}

function lineOf(entry: ScorecardEntry, cells: ComparedCells): ScorecardLine {
  const { definition, weight, target, owners, industry } = entry;
  const { key, version, handbook, name, unit, direction } = definition;
  const value = valueOf(entry, cells.current);
  const achievement = value === null || target === null ? null : achievementOf(value, target, unit);
  return {
    key,
    version,
    handbook,
    name,
    unit,
    direction,
    owners,
    value,
    target,
    weight,
    achievement,
    light: value === null || target === null ? null : trafficLight(value, target),
    previous: trendOf(value, valueOf(entry, cells.previous), direction),
    yearBefore: trendOf(value, valueOf(entry, cells.yearBefore), direction),
    industry,
    aboveIndustry: value === null || industry === null || industry <= 0 ? null : value / industry - 1,
  };
}

function valueOf({ formula }: ScorecardEntry, cells: CellReader | null): number | null {
  return cells === null || formula === null ? null : evaluate(formula, cells);
}

function trendOf(now: number | null, then: number | null, direction: ScorecardLine['direction']): Trend | null {
  if (now === null || then === null) return null;
  const difference = now - then;
  const isBetter = difference === 0 || direction === 'none' ? null : difference > 0 === (direction === 'up');
  return { value: then, difference, relative: then > 0 ? difference / then : null, isBetter };
}
