import { EngineError } from '../../services/core/errors.ts';
import { dataFileError } from './data-file-error.ts';

export const orderFields = ['customer_id', 'timestamp', 'amount'] as const;

export type OrderField = (typeof orderFields)[number];

/** Which column of a file holds which field. */
export type ColumnMap = Readonly<Record<OrderField, string>>;

/**
 * Reads `field=Column,field=Column`. A field that is not named keeps its own name as its column.
 * @throws ERR_USAGE for an unknown field or a part that is not `field=Column`
 */
export function parseColumnMap(text: string): ColumnMap {
  const map: Record<OrderField, string> = { customer_id: 'customer_id', timestamp: 'timestamp', amount: 'amount' };
  for (const part of text.split(',').filter((entry) => entry.trim() !== '')) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(at, 0)).trim();
    const column = part.slice(at + 1).trim();
    if (at < 0 || column === '')
      throw usage(`--map has the part "${part.trim()}"; write field=Column, parted by commas.`);
    if (!isOrderField(field))
      throw usage(`--map names the unknown field "${field}"; known are ${orderFields.join(', ')}.`);
    map[field] = column;
  }
  return map;
}

/**
 * Position of each field in the file's header.
 * @throws ERR_DATA_FILE naming the missing column and the columns found
 */
export function locateColumns(header: readonly string[], map: ColumnMap, file: string): Record<OrderField, number> {
  const names = header.map((name) => name.trim());
  const at = (field: OrderField): number => {
    const column = names.indexOf(map[field]);
    if (column >= 0) return column;
    throw dataFileError(
      `${file} has no column "${map[field]}" for ${field}; found ${names.join(', ')}. Name it with --map ${field}=Column.`,
    );
  };
  return { customer_id: at('customer_id'), timestamp: at('timestamp'), amount: at('amount') };
}

function isOrderField(name: string): name is OrderField {
  return (orderFields as readonly string[]).includes(name);
}

function usage(what: string): EngineError {
  return new EngineError('ERR_USAGE', what, { retryable: false });
}
