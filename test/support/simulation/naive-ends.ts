import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import { eventCodec } from '../scorer-twin.ts';
import type { SimHistory } from './sim-history.ts';

/** What can be said of a customer's end from the log alone, without folding anything. */
export interface NaiveEnd {
  /** Applied records, and days closed since the first of them. */
  version: number;
  closedDay: number;
  asOf: number;
}

interface LogEntry {
  readonly partition: number;
  readonly record: CustomerRecord;
}

const dayMs = 86_400_000;
const readTypes = new Set(['order.placed', 'order.cancelled', 'order.returned']);

/**
 * The end of every customer of whom some feature reads a record. An undisturbed run of the engine repeats the engine's
 * own mistakes about days and partitions; this applies every record and every day at once where it stands in the log.
 */
export async function naiveEnds(history: SimHistory): Promise<Map<string, NaiveEnd>> {
  const { growth, records } = history;
  const entries = await readEntries(history);
  const grownAt = growth?.at ?? records.length;
  const ends = new Map<string, NaiveEnd>();
  const closed = new Map<number, number>();
  walk(entries.slice(0, grownAt), { partitions: history.partitions, ends, closed });
  if (growth !== null) {
    // A day counts as closed for customers to come where every old partition has closed it.
    const everywhere = Math.min(...Array.from({ length: history.partitions }, (_, i) => closed.get(i) ?? 0));
    for (let i = 0; i < growth.partitions; i++) closed.set(i, Math.max(everywhere, closed.get(i) ?? 0));
    walk(entries.slice(grownAt), { partitions: growth.partitions, ends, closed });
  }
  return ends;
}

interface Walk {
  readonly partitions: number;
  readonly ends: Map<string, NaiveEnd>;
  /** Last day closed on each partition. */
  readonly closed: Map<number, number>;
}

function walk(entries: readonly (LogEntry | null)[], { partitions, ends, closed }: Walk): void {
  for (const entry of entries) {
    if (entry === null) continue;
    const { partition, record } = entry;
    if (record.dayClosed !== null) {
      const { day } = record.dayClosed;
      if (day <= (closed.get(partition) ?? 0)) continue;
      closed.set(partition, day);
      for (const [surrogate, end] of ends)
        if (keyPartition(Buffer.from(surrogate), partitions) === partition) close(end, day);
    } else if (isRead(record)) {
      const end = ends.get(record.surrogate) ?? begin(closed.get(partition) ?? 0);
      ends.set(record.surrogate, end);
      end.version += 1;
      if (record.kind === 'event') end.asOf = Math.max(end.asOf, dayOf(record) + 1);
    }
  }
}

/** A customer who is new finds the days before them closed, and they do not count. */
function begin(closedDay: number): NaiveEnd {
  return { version: 0, closedDay, asOf: closedDay > 0 ? closedDay + 1 : 0 };
}

function close(end: NaiveEnd, day: number): void {
  if (day <= end.closedDay) return;
  end.version += end.closedDay > 0 ? day - end.closedDay : 1;
  end.closedDay = day;
  end.asOf = Math.max(end.asOf, day + 1);
}

function isRead(record: CustomerRecord): boolean {
  const { kind, type } = record.retracted ?? record;
  return kind === 'event' && readTypes.has(type);
}

function dayOf({ occurredAt, receivedAt }: CustomerRecord): number {
  return Math.floor(Math.min(occurredAt, receivedAt) / dayMs);
}

/** In the places of the history; null where nothing can be read. */
async function readEntries({ records }: SimHistory): Promise<(LogEntry | null)[]> {
  const decoded = await eventCodec.decode(records.map(({ value }) => value));
  return decoded.map((record, i) => {
    const { partition } = records[i];
    return record instanceof EngineError || partition === undefined ? null : { partition, record };
  });
}
