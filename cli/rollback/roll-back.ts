import { EngineError } from '../../services/core/errors.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { keyPartition } from '../../services/core/events/key-partition.ts';
import { retractionRecord } from '../../services/core/events/retraction-record.ts';
import { featureReading } from '../../services/core/features/reads-features.ts';
import { isOfProfile } from '../../services/core/profile/read-entries.ts';
import type { LogSink, OutgoingRecord } from '../../services/core/ports/log.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { EventsLog } from '../import/events-log.ts';
import { CustomerLedger } from './customer-ledger.ts';
import type { PlannedRetraction } from './customer-ledger.ts';
import { describeCut, findCut } from './find-cut.ts';
import type { CutPartition } from './find-cut.ts';

export interface RollBackOptions {
  readonly log: EventsLog;
  /** Null: nothing is written. */
  readonly sink: LogSink | null;
  readonly tenant: string;
  readonly timezone: string;
  readonly importId: string;
  readonly now: () => number;
  /** Also where the topic does not hold all that it once held of the import's customers; false when absent. */
  readonly evenIfCut?: boolean;
}

export interface RolledBack {
  /** Events of the import on the topic, all types. */
  readonly events: number;
  readonly customers: number;
  /** Retractions written, or that would be. */
  readonly retractions: number;
  /** Where the topic does not begin with its first record. */
  readonly cut: readonly CutPartition[];
}

const publishAtOnce = 1_000;

/**
 * One pass: takes back what features and profiles hold of an import, by the log as it is now. ERR_IMPORT_STATE where
 * that is cut and `evenIfCut` does not say otherwise; nothing is written then. A pass that writes nothing says
 * that all is done, so it may be run again at any time.
 */
export async function rollBackOnce(options: RollBackOptions): Promise<RolledBack> {
  const { log, sink } = options;
  const found = await findImported(options);
  const cut = findCut(await log.firstOffsets(), found.byPartition);
  if (cut.length > 0 && options.evenIfCut !== true && sink !== null) throw historyCut(cut);
  const histories = await readHistories(options, found.touched);
  const customers = new Set([...histories.ledgers].filter(([, { open }]) => open > 0).map(([surrogate]) => surrogate));
  let retractions = 0;
  const writer = createBatches(sink);
  await log.scan((record) => {
    if (!isOfImport(record, options)) return;
    const planned = planRetraction(record, histories);
    if (planned === null) return;
    retractions += 1;
    const { surrogate: key } = record;
    customers.add(key);
    const value = log.codec.encode(retractionRecord({ original: record, at: options.now(), ...planned }));
    writer.add({ topic: log.topic, key, partition: keyPartition(Buffer.from(key), found.partitions), value });
  });
  await writer.end();
  return { events: found.events, customers: customers.size, retractions, cut };
}

/** Of events that no feature reads, those about the customer are taken back as well: they stand in the profile. */
function planRetraction(record: CustomerRecord, { ledgers, saidBack }: Histories): PlannedRetraction | null {
  if (featureReading(record) !== null) return ledgers.get(record.surrogate)?.plan(record) ?? null;
  if (!isOfProfile(record) || saidBack.has(keyOf(record))) return null;
  saidBack.add(keyOf(record));
  return { remainder: { purchaseDayHeld: false, firstDay: null }, historical: true };
}

type ImportName = Pick<RollBackOptions, 'tenant' | 'importId'>;

function isOfImport(record: CustomerRecord, { tenant, importId }: ImportName): boolean {
  return record.kind === 'event' && record.tenant === tenant && record.importId === importId;
}

interface Imported {
  readonly events: number;
  /** Customers of whom a feature reads an event of the import. */
  readonly touched: ReadonlySet<string>;
  /** The same, and those of whom it says something, by the partition their events stand on. */
  readonly byPartition: ReadonlyMap<number, ReadonlySet<string>>;
  /** Of the topic. */
  readonly partitions: number;
}

async function findImported(options: RollBackOptions): Promise<Imported> {
  const touched = new Set<string>();
  const byPartition = new Map<number, Set<string>>();
  let events = 0;
  const ends = await options.log.scan((record, partition) => {
    if (!isOfImport(record, options)) return;
    events += 1;
    const isRead = featureReading(record) !== null;
    if (isRead) touched.add(record.surrogate);
    if (!isRead && !isOfProfile(record)) return;
    const customers = byPartition.get(partition) ?? new Set();
    byPartition.set(partition, customers.add(record.surrogate));
  });
  return { events, touched, byPartition, partitions: ends.size };
}

interface Histories {
  readonly ledgers: ReadonlyMap<string, CustomerLedger>;
  /** Events about customers that were taken back. */
  readonly saidBack: Set<string>;
}

/** The touched customers' histories, as their scorer folds them. */
async function readHistories(options: RollBackOptions, touched: ReadonlySet<string>): Promise<Histories> {
  const { log, tenant, timezone, importId } = options;
  const context = { calendar: createBusinessCalendar(timezone), digest: nodeDigest };
  const ledgers = new Map([...touched].map((surrogate) => [surrogate, new CustomerLedger(context, importId)]));
  const saidBack = new Set<string>();
  const closedDays = new Map<number, number>();
  await log.scan((record, partition, offset) => {
    if (record.tenant !== tenant) return;
    const closed = closedDays.get(partition) ?? 0;
    if (record.dayClosed !== null) closedDays.set(partition, Math.max(closed, record.dayClosed.day));
    if (record.kind !== 'event' && record.kind !== 'event-retracted') return;
    ledgers.get(record.surrogate)?.read(record, { epoch: 1, partition, offset }, closed);
    const { retracted } = record;
    if (retracted?.importId === importId && isOfProfile(retracted)) saidBack.add(keyOf(retracted));
  });
  return { ledgers, saidBack };
}

function keyOf({ source, eventId }: CustomerRecord): string {
  return `${source} ${eventId}`;
}

/** Publishes many records at once; nowhere where there is no sink. */
function createBatches(sink: LogSink | null) {
  let pending: OutgoingRecord[] = [];
  const flushes: Promise<void>[] = [];
  const flush = (): void => {
    if (sink !== null && pending.length > 0) {
      const publishing = sink.publish(pending);
      // Told of at the end; until then it is not unhandled.
      publishing.catch(() => undefined);
      flushes.push(publishing);
    }
    pending = [];
  };
  return {
    add(record: OutgoingRecord): void {
      if (pending.push(record) >= publishAtOnce) flush();
    },
    async end(): Promise<void> {
      flush();
      await Promise.all(flushes);
    },
  };
}

function historyCut(cut: readonly CutPartition[]): EngineError {
  const message = `${describeCut(cut)} Bring the records back from a copy, or take back what is left with --force.`;
  return new EngineError('ERR_IMPORT_STATE', message, { retryable: false });
}
