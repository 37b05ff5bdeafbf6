import type { SpendFields } from '../../services/core/kpis/figures/parse-spend-row.ts';
import { usageError } from '../usage-error.ts';

const fields = ['id', 'day', 'type', 'amount', 'channel', 'playbook', 'campaign'] as const;
const required = ['day', 'amount'] as const;

/** Which column holds what of a row of spend. */
export type SpendColumns = Readonly<Partial<Record<keyof SpendFields, string>>>;

/**
 * Reads `field=Column,field=Column`; without it the columns are called as the fields.
 * @param type sort of cost of every row, where the file has no column for it
 * @throws ERR_USAGE for a part that is no such pair, a field that is unknown or named twice, or one that is missing
 */
export function readSpendColumns(map: string | undefined, type: string | undefined): SpendColumns {
  const columns = map === undefined ? { day: 'day', amount: 'amount', type: 'type' } : parse(map);
  const found: SpendColumns = type === undefined ? columns : { ...columns, type: undefined };
  for (const field of required) if (found[field] === undefined) throw missing(field);
  if (type === undefined && found.type === undefined) throw usageError('--map names no column for type; add type=Column, or give --type.'); // prettier-ignore
  return found;
}

function parse(map: string): SpendColumns {
  const columns: Partial<Record<keyof SpendFields, string>> = {};
  for (const part of map.split(',').filter((entry) => entry.trim() !== '')) {
    const at = part.indexOf('=');
    const field = part.slice(0, Math.max(0, at)).trim();
    const column = part.slice(at + 1).trim();
    if (!isField(field) || column === '') {
      throw usageError(`--map has the part "${part.trim()}"; write field=Column with a field of ${fields.join(', ')}.`);
    }
    if (columns[field] !== undefined) throw usageError(`--map names the field "${field}" twice; name each field once.`);
    columns[field] = column;
  }
  return columns;
}

function isField(name: string): name is keyof SpendFields {
  return (fields as readonly string[]).includes(name);
}

function missing(field: string): Error {
  return usageError(`--map names no column for ${field}; add ${field}=Column.`);
}
