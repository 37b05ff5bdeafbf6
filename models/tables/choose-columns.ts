import { EngineError } from '../../services/core/errors.ts';
import { dataFileError } from '../training/data-file-error.ts';
import type { InputColumn } from './fit-columns.ts';
import { isMissing, readNumber } from './read-cell.ts';
import type { Table } from './table.ts';

export interface NamedColumns {
  readonly target: string;
  readonly id: string | null;
  readonly exclude: readonly string[];
}

export interface LeftOutColumn {
  readonly name: string;
  readonly reason: 'excluded' | 'id' | 'id-like' | 'constant' | 'empty';
}

export interface ColumnChoice {
  readonly inputs: readonly InputColumn[];
  readonly leftOut: readonly LeftOutColumn[];
}

/** Fewer rows than this may all differ by chance. */
const minRowsForIds = 20;
/** Of the cells that are there, how many must be numbers for the column to be one. */
const numberShare = 0.98;

/**
 * Decides which columns are inputs, and of which kind.
 * @throws ERR_USAGE for a named column that the table lacks, ERR_DATA_FILE when no input is left
 */
export function chooseColumns({ header, rows }: Table, named: NamedColumns): ColumnChoice {
  checkNames(header, named);
  const inputs: InputColumn[] = [];
  const leftOut: LeftOutColumn[] = [];
  for (const [at, name] of header.entries()) {
    if (name === named.target) continue;
    const cells = rows.map((row) => row[at]);
    const present = cells.filter((cell) => !isMissing(cell));
    const numbers = present.filter((cell) => !Number.isNaN(readNumber(cell))).length;
    const kind = present.length > 0 && numbers >= numberShare * present.length ? 'number' : 'category';
    const reason = nameReason(name, named) ?? lookReason(name, cells, present, kind);
    if (reason === null) inputs.push({ name, kind });
    else leftOut.push({ name, reason });
  }
  if (inputs.length > 0) return { inputs, leftOut };
  throw dataFileError(
    'No column is left to learn from: all are the target, ids, constant, empty or excluded. Give a table with facts about the customers.',
  );
}

function checkNames(header: readonly string[], { target, id, exclude }: NamedColumns): void {
  const asked = [['--target', target], ...(id === null ? [] : [['--id', id]]), ...exclude.map((name) => ['--exclude', name])]; // prettier-ignore
  for (const [option, name] of asked) {
    if (header.includes(name)) continue;
    const message = `${option} names the column "${name}", which the table lacks; its columns are ${header.join(', ')}.`;
    throw new EngineError('ERR_USAGE', message, { retryable: false });
  }
  if (target !== id && !exclude.includes(target)) return;
  throw new EngineError('ERR_USAGE', `--target ${target} cannot be the id or excluded at the same time.`, {
    retryable: false,
  });
}

function nameReason(name: string, { id, exclude }: NamedColumns): LeftOutColumn['reason'] | null {
  if (name === id) return 'id';
  return exclude.includes(name) ? 'excluded' : null;
}

function lookReason(
  name: string,
  cells: readonly string[],
  present: readonly string[],
  kind: InputColumn['kind'],
): LeftOutColumn['reason'] | null {
  if (present.length === 0) return 'empty';
  const distinct = new Set(cells.map((cell) => (isMissing(cell) ? '' : cell))).size;
  if (distinct === 1) return 'constant';
  if (present.length < minRowsForIds) return null;
  const isIdLike = kind === 'number' ? numbersRun(name, present) : new Set(present).size > 0.9 * present.length;
  return isIdLike ? 'id-like' : null;
}

/** Whole numbers, no two equal, that are called an id or leave few gaps: they number the rows. */
function numbersRun(name: string, present: readonly string[]): boolean {
  const values = present.map(readNumber);
  if (!values.every(Number.isInteger) || new Set(values).size < values.length) return false;
  const sorted = Float64Array.from(values).sort();
  const isDense = sorted[sorted.length - 1] - sorted[0] < 3 * values.length;
  return isDense || /(?:^|[^a-z])(?:id|no|number|key)$|[a-z](?:ID|Id|No|Key)$/.test(name);
}
