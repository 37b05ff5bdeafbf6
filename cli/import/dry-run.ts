import { ColumnProfile } from './column-profile.ts';
import { mappedColumns } from './field-map.ts';
import type { ImportRequest } from './import-request.ts';
import { makeEvent, type ImportEvent } from './make-event.ts';
import { openRows } from './rows/open-rows.ts';
import { canonicalId } from '../../services/core/identity/canonical-id.ts';
import { earliestHistorical, maxAheadMs } from '../../services/core/events/event-time-limits.ts';
import { currencyExponent } from '../../services/core/events/money.ts';
import { parseIsoTime } from '../../services/core/events/parse-iso-time.ts';

const rowsShown = 20;

/**
 * Reads the whole file and sends nothing. @returns a report by column, and the rows that ingest would refuse as far as
 * the row alone tells
 */
export async function dryRun(request: ImportRequest): Promise<string> {
  const columns = mappedColumns(request.map);
  if (request.typeColumn !== null) columns.push(request.typeColumn);
  const profiles = columns.map((name) => new ColumnProfile(name));
  const faults: string[] = [];
  let rows = 0;
  let refused = 0;
  for await (const row of (await openRows(request.file, request.format, columns)).rows) {
    rows += 1;
    for (const profile of profiles) profile.take(row.values?.[profile.name]);
    const event = makeEvent(row, request);
    const fault = typeof event === 'string' ? event : findFault(event, row.values?.[request.map.fields.amount ?? '']);
    if (fault === null) continue;
    refused += 1;
    if (faults.length < rowsShown) faults.push(`  row ${row.number}: ${fault}`);
  }
  const head = `${rows} rows, ${refused} of them would be refused; nothing was sent.`;
  const more = refused > faults.length ? [`  … and ${refused - faults.length} more`] : [];
  return [head, ...profiles.map((profile) => `  ${profile.describe(rows)}`), ...faults, ...more, ''].join('\n');
}

/** The commonest reasons of ingest, which has the last word. */
function findFault(event: ImportEvent, amount: unknown): string | null {
  const ids = [event.userId, event.anonymousId].filter((id) => id !== null);
  if (!ids.some((id) => canonicalId(id) !== null)) return 'no customer id, or a placeholder such as "null" or "guest"';
  const time = parseIsoTime(event.time);
  if (time === null) return 'the time is not in ISO 8601, such as 2026-05-01T10:00:00Z';
  if (time < earliestHistorical) return 'the time is before 1990';
  if (time > Date.now() + maxAheadMs) return 'the time lies more than a day ahead';
  if (event.amount !== null && currencyExponent(event.currency) === null) return 'the currency is no code of ISO 4217';
  const hasAmount = amount !== undefined && amount !== null && (typeof amount !== 'string' || amount.trim() !== '');
  return hasAmount && event.money === null ? 'the amount is no decimal number' : null;
}
