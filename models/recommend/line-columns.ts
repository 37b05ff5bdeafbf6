import { EngineError } from '../../services/core/errors.ts';

/** Which column of a file of sales lines holds what. */
export interface LineColumns {
  readonly customer_id: string;
  readonly timestamp: string;
  readonly item: string;
  /** Null when the file has none; then every line is one purchase. */
  readonly quantity: string | null;
}

/**
 * Reads `field=Column,field=Column`. A field that is not named keeps its own name as its column; quantity is looked at
 * only where it is named.
 * @throws ERR_USAGE for an unknown field or a part that is not `field=Column`
 */
export function parseLineColumns(text: string): LineColumns {
  const map: Record<string, string | null> = {
    customer_id: 'customer_id',
    timestamp: 'timestamp',
    item: 'item',
    quantity: null,
  };
  for (const part of text.split(',').filter((entry) => entry.trim() !== '')) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(at, 0)).trim();
    const column = part.slice(at + 1).trim();
    if (at < 0 || column === '')
      throw usage(`--map has the part "${part.trim()}"; write field=Column, parted by commas.`);
    if (!Object.hasOwn(map, field))
      throw usage(`--map names the unknown field "${field}"; known are ${Object.keys(map).join(', ')}.`);
    map[field] = column;
  }
  return map as unknown as LineColumns;
}

function usage(what: string): EngineError {
  return new EngineError('ERR_USAGE', what, { retryable: false });
}
