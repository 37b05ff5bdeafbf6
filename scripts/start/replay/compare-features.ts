import { featureIndex } from '../../../services/core/features/feature-catalogue.ts';
import type { ColumnCheck } from '../report/books.ts';
import type { CsvRow } from './read-csv.ts';
import { referenceColumns } from './reference-columns.ts';

/** Compares feature vectors with rows of the reference, one customer at a time. */
export interface FeatureComparison {
  /** @param vector the customer's features; null when nothing is stored of the customer */
  add(row: CsvRow, vector: Float64Array | null): void;
  columns(): Readonly<Record<string, ColumnCheck>>;
}

/** Relative to the magnitude, never finer than one. */
const tolerance = 1e-6;

export function createFeatureComparison(): FeatureComparison {
  const checks = new Map<string, { maxDiff: number; differing: number }>();
  return {
    add: (row, vector) => {
      for (const [column, { feature, exact }] of Object.entries(referenceColumns)) {
        const index = featureIndex(feature);
        const text = row[column];
        if (index === null || text === undefined) continue;
        const expected = text === '' ? Number.NaN : Number(text);
        const actual = vector === null ? Number.NaN : vector[index];
        const difference = differenceOf(actual, expected);
        const check = checks.get(column) ?? { maxDiff: 0, differing: 0 };
        const allowed = exact ? 0 : tolerance * Math.max(1, Math.abs(expected));
        checks.set(column, {
          maxDiff: Math.max(check.maxDiff, difference === null ? 0 : difference),
          differing: check.differing + (difference === null || difference > allowed ? 1 : 0),
        });
      }
    },
    columns: () => Object.fromEntries(checks),
  };
}

/** Null when only one of the two is defined. */
function differenceOf(actual: number, expected: number): number | null {
  if (Number.isNaN(actual) !== Number.isNaN(expected)) return null;
  return Number.isNaN(actual) ? 0 : Math.abs(actual - expected);
}
