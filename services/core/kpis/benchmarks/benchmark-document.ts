import type { HandbookNumber, InTwoLanguages } from '../kpi-definition.ts';

/** Number of a handbook, `000` to `004`; of an own elasticity whatever its source is. */
export type SourceDocument = string;

/** A figure that a handbook quotes; nobody here has checked it. */
export interface QuotedFigure {
  /** Row of the handbooks' themes it stands in, `S3`. */
  readonly row: string;
  readonly documents: readonly SourceDocument[];
  /** KPI it speaks of; null where it speaks of none. */
  readonly kpi: HandbookNumber | null;
  /** What something is said to change, where a figure is said to lie, or what one business had. */
  readonly kind: 'effect' | 'level' | 'case';
  readonly unit: 'percent' | 'change' | 'points' | 'yuan' | 'yuan-per-month' | 'years';
  readonly from: number;
  /** Null is open: at least. */
  readonly to: number | null;
  readonly text: InTwoLanguages;
}

/** So much of the driver is said to change the effect by `from` to `to` per cent. */
export interface Elasticity {
  readonly driver: string;
  readonly per: number;
  readonly unit: 'percent' | 'days';
  readonly effect: string;
  readonly from: number;
  readonly to: number | null;
  readonly row: string;
  readonly documents: readonly SourceDocument[];
  readonly text: InTwoLanguages;
}

/** A file of quoted figures. */
export interface BenchmarkDocument {
  readonly format: 1;
  readonly version: string;
  readonly benchmarks: readonly QuotedFigure[];
  readonly elasticities: readonly Elasticity[];
}
