import type { HandbookNumber, InTwoLanguages, KpiUnit } from '../kpi-definition.ts';
import type { KpiSlice } from '../kpi-dimension.ts';
import type { KpiTarget, TrafficLight } from '../kpi-target.ts';
import type { Period } from '../period.ts';
import type { Composite } from './composite.ts';

/** A KPI now against the same KPI then. */
export interface Trend {
  readonly value: number;
  /** Now minus then, in the unit of the KPI. */
  readonly difference: number;
  /** Difference ÷ what it was; null where it was 0 or below. */
  readonly relative: number | null;
  /** Whether it moved as it should; null where it did not move, or has no direction. */
  readonly isBetter: boolean | null;
}

export interface ScorecardLine {
  readonly key: string;
  readonly version: number;
  readonly handbook: HandbookNumber;
  readonly name: InTwoLanguages;
  readonly unit: KpiUnit;
  readonly direction: 'up' | 'down' | 'none';
  readonly owners: readonly string[];
  /** Null where something would be divided by 0: nothing happened that it could be made of. */
  readonly value: number | null;
  readonly target: KpiTarget | null;
  readonly weight: number;
  /** 0 to 100; null without a value or a target. */
  readonly achievement: number | null;
  readonly light: TrafficLight | null;
  /** Against the period before, and against the same one a year before; null where either has no value. */
  readonly previous: Trend | null;
  readonly yearBefore: Trend | null;
  /** What the industry has, typed in, and how far above it the value lies as a share of it. */
  readonly industry: number | null;
  readonly aboveIndustry: number | null;
}

/** The KPIs of one period, of the whole tenant or one slice of it. */
export interface Scorecard {
  readonly tenant: string;
  readonly currency: string;
  readonly period: Period;
  readonly slice: KpiSlice;
  readonly composite: Composite;
  readonly lines: readonly ScorecardLine[];
}
