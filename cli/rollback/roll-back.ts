import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { keyPartition } from '../../services/core/events/key-partition.ts';
import { retractionRecord } from '../../services/core/events/retraction-record.ts';
import { recordReading } from '../../services/core/features/reads-features.ts';
import type { LogSink, OutgoingRecord } from '../../services/core/ports/log.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { EventsLog } from '../import/events-log.ts';
import { CustomerLedger } from './customer-ledger.ts';

export interface RollBackOptions {
  readonly log: EventsLog;
  /** Null: nothing is written. */
  readonly sink: LogSink | null;
  readonly tenant: string;
  readonly timezone: string;
  readonly importId: string;
  readonly now: () => number;
}

export interface RolledBack {
  /** Events of the import on the topic, all types. */
  readonly events: number;
  readonly customers: number;
  /** Retractions written, or that would be. */
  readonly retractions: number;
}

const publishAtOnce = 1_000;

/**
 * One pass: takes back what the features hold of an import, by the log as it is now. A pass that writes nothing says
 * that all is done, so it may be run again at any time.
 */
export async function rollBackOnce(options: RollBackOptions): Promise<RolledBack> {
  const { log, sink, tenant, importId } = options;
  const touched = new Set<string>();
  let events = 0;
  const isOfImport = (record: CustomerRecord): boolean =>
    record.kind === 'event' && record.tenant === tenant && record.importId === importId;
  const ends = await log.scan((record) => {
    if (!isOfImport(record)) return;
    events += 1;
    if (recordReading(record) !== null) touched.add(record.surrogate);
  });
  const ledgers = await readLedgers(options, touched);
  const customers = [...ledgers.values()].filter(({ open }) => open > 0).length;
  let retractions = 0;
  let pending: OutgoingRecord[] = [];
  const flushes: Promise<void>[] = [];
  const flush = (): void => {
    if (sink !== null && pending.length > 0) {
      const publishing = sink.publish(pending);
      // Told of below; until then it is not unhandled.
      publishing.catch(() => undefined);
      flushes.push(publishing);
    }
    pending = [];
  };
  await log.scan((record) => {
    const planned = isOfImport(record) ? ledgers.get(record.surrogate)?.plan(record) : undefined;
    if (planned === undefined || planned === null) return;
    retractions += 1;
    const value = log.codec.encode(retractionRecord({ original: record, at: options.now(), ...planned }));
    const { surrogate: key } = record;
    pending.push({ topic: log.topic, key, partition: keyPartition(Buffer.from(key), ends.size), value });
    if (pending.length >= publishAtOnce) flush();
  });
  flush();
  await Promise.all(flushes);
  return { events, customers, retractions };
}

/** The touched customers' histories, as their scorer folds them. */
async function readLedgers(
  { log, tenant, timezone, importId }: RollBackOptions,
  touched: ReadonlySet<string>,
): Promise<ReadonlyMap<string, CustomerLedger>> {
  const context = { calendar: createBusinessCalendar(timezone), digest: nodeDigest };
  const ledgers = new Map([...touched].map((surrogate) => [surrogate, new CustomerLedger(context, importId)]));
  const closedDays = new Map<number, number>();
  await log.scan((record, partition, offset) => {
    if (record.tenant !== tenant) return;
    const closed = closedDays.get(partition) ?? 0;
    if (record.dayClosed !== null) closedDays.set(partition, Math.max(closed, record.dayClosed.day));
    if (record.kind !== 'event' && record.kind !== 'event-retracted') return;
    ledgers.get(record.surrogate)?.read(record, { epoch: 1, partition, offset }, closed);
  });
  return ledgers;
}
