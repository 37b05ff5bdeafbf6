import { type BusinessCalendar, createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { spendFact } from '../../services/core/kpis/figures/figure-fact.ts';
import { type FieldFault, type SpendFields, SpendRows } from '../../services/core/kpis/figures/parse-spend-row.ts';
import type { SpendRow } from '../../services/core/kpis/figures/spend-row.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { formatOfName, openRows } from '../import/rows/open-rows.ts';
import type { Row } from '../import/rows/row.ts';
import type { Target } from '../import/target.ts';
import { usageError } from '../usage-error.ts';
import type { SpendColumns } from './spend-columns.ts';

export interface SpendImport {
  readonly file: string;
  readonly columns: SpendColumns;
  /** Sort of cost of every row; null where a column tells it. */
  readonly type: string | null;
  readonly target: Pick<Target, 'tenant' | 'timezone' | 'currency'>;
  /** Of this import; the rows of a higher one take the place of those of a lower one. */
  readonly sequence: number;
}

/** What became of one row: null where it was taken. */
export interface RowResult {
  readonly row: number;
  readonly id: string | null;
  readonly fault: string | null;
}

export interface SpendTotals {
  readonly taken: number;
  readonly refused: number;
  /** By sort of cost, in minor units. */
  readonly amounts: ReadonlyMap<string, number>;
}

const batchSize = 1000;

/**
 * Reads a file of spend. A row that cannot be read is told and left out, its neighbours go on.
 * @param take gets the facts, some at a time
 */
export async function importSpend(
  wanted: SpendImport,
  take: (facts: readonly KpiFact[]) => Promise<void>,
  tell: (result: RowResult) => void,
): Promise<SpendTotals> {
  const { file, columns, target } = wanted;
  const format = formatOfName(file);
  if (format === null) throw usageError(`${file} has no known ending; name it .csv, .jsonl or .parquet.`);
  const { rows } = await openRows(
    file,
    format,
    Object.values(columns).filter((column) => column !== undefined),
  );
  const reader = new SpendRows(currencyExponent(target.currency) ?? 2);
  const days = createBusinessCalendar(target.timezone);
  const amounts = new Map<string, number>();
  let [taken, refused] = [0, 0];
  let batch: KpiFact[] = [];
  for await (const row of rows) {
    const found = row.values === null ? (row.fault ?? 'the row cannot be read') : reader.parse(fieldsOf(row, wanted));
    if (typeof found === 'string' || isFaults(found)) {
      refused += 1;
      tell({ row: row.number, id: null, fault: typeof found === 'string' ? found : describe(found, columns) });
      continue;
    }
    taken += 1;
    amounts.set(found.type, (amounts.get(found.type) ?? 0) + found.amountMinor);
    tell({ row: row.number, id: found.id, fault: null });
    batch.push(toFact(found, wanted, days));
    if (batch.length < batchSize) continue;
    await take(batch);
    batch = [];
  }
  if (batch.length > 0) await take(batch);
  return { taken, refused, amounts };
}

function toFact(row: SpendRow, { target, sequence }: SpendImport, days: BusinessCalendar): KpiFact {
  return spendFact(row, days.startOf(row.day), { tenant: target.tenant, sequence, source: 'spend' }, nodeDigest);
}

function fieldsOf({ values }: Row, { columns, type }: SpendImport): SpendFields {
  const field = (name: keyof SpendFields): string => {
    const column = columns[name];
    return column === undefined ? '' : textOf(values?.[column]);
  };
  return {
    id: field('id'),
    day: field('day'),
    type: type ?? field('type'),
    amount: field('amount'),
    channel: field('channel'),
    playbook: field('playbook'),
    campaign: field('campaign'),
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

function isFaults(found: SpendRow | readonly FieldFault[]): found is readonly FieldFault[] {
  return Array.isArray(found);
}

function describe(faults: readonly FieldFault[], columns: SpendColumns): string {
  return faults.map(({ field, fault }) => `${columns[field] ?? field}: ${fault}`).join('; ');
}
