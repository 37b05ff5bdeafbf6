import { EngineError } from '../../services/core/errors.ts';
import { dataFileError } from '../training/data-file-error.ts';
import { isMissing, readNumber } from './read-cell.ts';
import type { Table } from './table.ts';

/** A table whose rows all have an outcome. */
export interface LabelledTable {
  readonly table: Table;
  /** 1 where the customer left, else 0. */
  readonly labels: Uint8Array;
  /** The value that means that the customer left. */
  readonly positive: string;
  /** Rows left out because their outcome is missing. */
  readonly unlabelled: number;
}

/** Rows of each outcome that are needed. */
export const minRowsPerClass = 10;

const positiveWords = new Set(['1', 'yes', 'y', 'true', 't', 'churn', 'churned', 'left', 'lost', 'cancelled']);

/**
 * Reads the outcome of each row.
 * @param positive the value that means that the customer left; null where it can be told from the words
 * @throws ERR_USAGE when it cannot be told, ERR_DATA_FILE when there is nothing to tell apart
 */
export function readTarget({ header, rows }: Table, target: string, positive: string | null): LabelledTable {
  const at = header.indexOf(target);
  const known = rows.filter((row) => !isMissing(row[at]));
  const values = [...new Set(known.map((row) => row[at]))];
  if (values.length === 0) throw dataFileError(`The column ${target} is empty; give rows whose outcome is known.`);
  const chosen = positive === null ? guessPositive(target, values) : findPositive(target, values, positive);
  const labels = Uint8Array.from(known, (row) => Number(row[at] === chosen));
  const hits = labels.reduce((sum, label) => sum + label, 0);
  checkClasses(target, chosen, hits, known.length - hits);
  return { table: { header, rows: known }, labels, positive: chosen, unlabelled: rows.length - known.length };
}

function findPositive(target: string, values: readonly string[], positive: string): string {
  const found = values.find((value) => value.toLowerCase() === positive.toLowerCase() || areSame(value, positive));
  if (found !== undefined) return found;
  throw usage(`--positive "${positive}" does not occur in ${target}; it has ${listValues(values)}.`);
}

function areSame(a: string, b: string): boolean {
  return readNumber(a) === readNumber(b);
}

function guessPositive(target: string, values: readonly string[]): string {
  const found = values.filter((value) => positiveWords.has(value.toLowerCase()) || readNumber(value) === 1);
  if (values.length <= 2 && found.length === 1) return found[0];
  if (values.length === 1) return values[0];
  throw usage(
    `${target} has ${listValues(values)}; say with --positive VALUE which of them means that the customer left.`,
  );
}

function checkClasses(target: string, positive: string, hits: number, others: number): void {
  if (hits === 0 || others === 0) {
    throw dataFileError(
      `All ${hits + others} rows have the same ${target}, so there is nothing to tell apart; give rows of customers who left and of customers who stayed.`,
    );
  }
  if (Math.min(hits, others) >= minRowsPerClass) return;
  throw dataFileError(
    `Only ${hits} rows have ${target} = ${positive} and ${others} another value; give at least ${minRowsPerClass} of each.`,
  );
}

function listValues(values: readonly string[]): string {
  const shown = values.slice(0, 8).map((value) => `"${value}"`);
  return `the values ${shown.join(', ')}${values.length > shown.length ? `, … (${values.length} in all)` : ''}`;
}

function usage(what: string): EngineError {
  return new EngineError('ERR_USAGE', what, { retryable: false });
}
