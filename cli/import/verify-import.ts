import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { EventsLog } from './events-log.ts';
import { compareRecord } from './compare-record.ts';
import { IdTable } from './id-table.ts';
import type { ImportRequest } from './import-request.ts';
import { makeEvent, type ImportEvent } from './make-event.ts';
import { mappedColumns } from './field-map.ts';
import { openRows } from './rows/open-rows.ts';

export interface Verification {
  /** Distinct events that the file says are on the topic, and how many of them are. */
  readonly expected: number;
  readonly found: number;
  /** Minor units by currency, of the file and read back from the topic. */
  readonly sums: readonly { readonly currency: string; readonly file: bigint; readonly topic: bigint }[];
  /** Rows compared field by field. */
  readonly compared: number;
  /** Everything that is not as it should be; empty when the import is sound. */
  readonly faults: readonly string[];
}

export interface VerifyOptions {
  readonly request: ImportRequest;
  readonly checkpoint: Checkpoint;
  readonly log: Pick<EventsLog, 'scan'>;
  readonly tenant: string;
}

const sampleSize = 200;
const maxFaults = 20;
const noMoney = 0;

/**
 * Reads the file once more, and the topic, and compares: each event's presence and amount, sums by currency, and a
 * sample field by field. Nothing that was counted while sending is believed but which rows were refused.
 */
export async function verifyImport({ request, checkpoint, log, tenant }: VerifyOptions): Promise<Verification> {
  const faults: string[] = [];
  const note = (fault: string): void => void (faults.length < maxFaults && faults.push(fault));
  const file = await readExpected(request, checkpoint, note);
  const { table, currencies, sample } = file;
  const topicSums = currencies.map(() => 0n);
  let found = 0;
  let compared = 0;
  await log.scan((record) => {
    if (record.tenant !== tenant) return;
    if (record.kind === 'event-retracted' && record.retracted?.importId === request.importId) {
      note('events of this import were taken back; import again under another --import-id');
    }
    if (record.kind !== 'event') return;
    const known = table.find(record.eventId);
    if (known === null && record.importId === request.importId) {
      note(`event ${record.eventId} is on the topic and not in the file`);
    }
    if (known?.isFirst !== true) return;
    found += 1;
    // Without an amount of its own a row may have one in a property, by ingest's tracking plan.
    const isToBeCompared = known.kind > noMoney || request.map.properties.size === 0;
    const kind = isToBeCompared ? currencies.indexOf(moneyKind(record)) : noMoney;
    if (isToBeCompared && (kind !== known.kind || (record.amountMinor ?? 0) !== known.amount)) {
      note(`the amount of event ${record.eventId} is another one than in the file`);
    }
    if (kind > noMoney) topicSums[kind] += BigInt(record.amountMinor ?? 0);
    const sampled = sample.get(record.eventId);
    if (sampled === undefined) return;
    compared += 1;
    compareRecord(record, sampled).forEach(note);
  });

  if (found !== table.size) note(`${table.size - found} of ${table.size} events are not on the topic`);
  const sums = currencies
    .slice(1)
    .map((currency, i) => ({ currency, file: file.sums[i + 1], topic: topicSums[i + 1] }));
  for (const { currency, file: inFile, topic } of sums) {
    if (inFile !== topic) note(`the amounts in ${currency} add up to ${topic} minor units on the topic and to ${inFile} in the file`); // prettier-ignore
  }
  return { expected: table.size, found, sums, compared, faults };
}

interface Expected {
  readonly table: IdTable;
  /** Money kinds by index; the first one is "no amount". */
  readonly currencies: string[];
  readonly sums: bigint[];
  readonly sample: ReadonlyMap<string, ImportEvent>;
}

async function readExpected(
  request: ImportRequest,
  { rows, counts, refused }: Checkpoint,
  note: (fault: string) => void,
): Promise<Expected> {
  const table = new IdTable(rows);
  const currencies = [''];
  const sums = [0n];
  const sample = new Map<string, ImportEvent>();
  const every = Math.max(1, Math.floor(rows / sampleSize));
  const source = await openRows(request.file, request.format, mappedColumns(request.map));
  let read = 0;
  for await (const row of source.rows) {
    read += 1;
    if (refused[row.number] !== undefined) continue;
    const event = makeEvent(row, request);
    if (typeof event === 'string') {
      note(`row ${row.number} was sent and is no event any more: ${event}`);
      continue;
    }
    const kind = indexOf(currencies, sums, event.money?.currency ?? '');
    const minor = event.money?.minor ?? 0;
    if (!table.add(event.eventId, kind, minor)) continue;
    sums[kind] += BigInt(minor);
    if (row.number % every === 0) sample.set(event.eventId, event);
  }
  const answered = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (read !== answered) note(`the file has ${read} rows and ${answered} were answered`);
  return { table, currencies, sums, sample };
}

function indexOf(currencies: string[], sums: bigint[], currency: string): number {
  const index = currencies.indexOf(currency);
  if (index >= 0) return index;
  currencies.push(currency);
  sums.push(0n);
  return currencies.length - 1;
}

function moneyKind({ amountMinor, currency }: CustomerRecord): string {
  return amountMinor === null ? '' : (currency ?? '');
}
