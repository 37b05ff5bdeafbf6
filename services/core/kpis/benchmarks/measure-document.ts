import type { HandbookNumber, InTwoLanguages } from '../kpi-definition.ts';

/** What to do where a KPI misses its target. */
export interface Measure {
  readonly kpis: readonly HandbookNumber[];
  /** Row of the handbooks' themes it comes from. */
  readonly row: string;
  /** Playbooks that carry it out. */
  readonly playbooks: readonly string[];
  readonly text: InTwoLanguages;
}

/** A file of measures. */
export interface MeasureDocument {
  readonly format: 1;
  readonly version: string;
  readonly measures: readonly Measure[];
}
