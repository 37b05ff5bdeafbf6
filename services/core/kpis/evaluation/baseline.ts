import type { KpiSlice } from '../kpi-dimension.ts';
import type { FrozenKpi } from './frozen-kpi.ts';

/** What is known of one period before go-live, of the whole or of a customer group. */
export interface BaselinePeriod {
  /** `2026-H1`, `2025`. */
  readonly period: string;
  readonly slice: KpiSlice;
  readonly kpis: readonly FrozenKpi[];
}

/** How things stood before; written once, at go-live, and never changed. */
export interface Baseline {
  readonly format: 1;
  readonly tenant: string;
  readonly currency: string;
  /** First business day with the engine in use, `YYYY-MM-DD`. */
  readonly goLive: string;
  /** Of the plan of KPIs that was in force. */
  readonly planVersion: string;
  /** The last whole half-year and the last whole year before it. */
  readonly periods: readonly BaselinePeriod[];
}
