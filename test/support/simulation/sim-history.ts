import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import { aRecord } from '../builders.ts';
import { eventCodec, twinActivation, twinTopics } from '../scorer-twin.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What stands on the events topic in the end, in the order in which it is published. */
export interface SimHistory {
  readonly partitions: number;
  readonly surrogates: readonly string[];
  readonly records: readonly OutgoingRecord[];
  /** Before which record the topics get more partitions, and with them a new epoch. */
  readonly growth: { readonly at: number; readonly partitions: number } | null;
  /** Purchases that count, of each customer; null where some events lie beyond the horizon. */
  readonly purchases: ReadonlyMap<string, number> | null;
}

export interface HistoryWishes {
  readonly partitions: number;
  readonly customers: number;
  readonly events: number;
  /** Age of the oldest event, in days; more than the horizon makes some of them too late. */
  readonly oldestDays: number;
  /** Whether the topics get twice as many partitions on the way. */
  readonly grows: boolean;
}

const dayMs = 86_400_000;
const newestAt = Date.UTC(2026, 5, 30, 12);
const horizonDays = 450;

/**
 * Events of a few customers in any order of time, some twice, some unread, some unreadable, some taken back, between
 * control records of every kind.
 */
export function drawHistory(random: SeededRandom, wishes: HistoryWishes): SimHistory {
  const surrogates = Array.from({ length: wishes.customers }, (_, i) => (i + 1).toString(16).repeat(32));
  const events: CustomerRecord[] = [];
  const records: OutgoingRecord[] = everywhere(wishes.partitions, ...opening(1, wishes.partitions));
  const growsAfter = wishes.grows ? random.below(wishes.events) : -1;
  let growth: SimHistory['growth'] = null;
  let { partitions } = wishes;
  for (let i = 0; i < wishes.events; i++) {
    const event = drawNext(random, { id: i, events, surrogates, oldestDays: wishes.oldestDays });
    events.push(event);
    records.push(onItsPartition(event, partitions));
    if (random.chance(20)) records.push({ ...records[records.length - 1], key: null, value: Buffer.from('no record') });
    if (random.chance(25)) records.push(...everywhere(partitions, anActivation(random.below(3))));
    if (random.chance(60)) records.push(...somewhere(random, everywhere(partitions, aClosedDay(random))));
    if (i !== growsAfter) continue;
    partitions *= 2;
    growth = { at: records.length, partitions };
    records.push(...everywhere(partitions, ...opening(2, partitions)));
  }
  const purchases = wishes.oldestDays > horizonDays ? null : countPurchases(events, surrogates);
  return { partitions: wishes.partitions, surrogates, records, growth, purchases };
}

interface Drawing {
  readonly id: number;
  readonly events: readonly CustomerRecord[];
  readonly surrogates: readonly string[];
  readonly oldestDays: number;
}

function drawNext(random: SeededRandom, { id, events, surrogates, oldestDays }: Drawing): CustomerRecord {
  if (events.length > 0 && random.chance(120)) return random.pick(events);
  const original = events.length > 0 && random.chance(80) ? random.pick(events) : null;
  if (original?.kind !== 'event') return drawEvent(random, `e${id}`, random.pick(surrogates), oldestDays);
  return { ...original, kind: 'event-retracted', eventId: `r${id}`, retracted: original };
}

function drawEvent(random: SeededRandom, eventId: string, surrogate: string, oldestDays: number): CustomerRecord {
  const occurredAt = newestAt - random.below(random.chance(500) ? 40 : oldestDays) * dayMs - random.below(dayMs);
  return aRecord({
    eventId,
    surrogate,
    type: random.pick(['order.placed', 'order.placed', 'order.placed', 'order.cancelled', 'page.viewed']),
    occurredAt,
    receivedAt: occurredAt + random.below(2 * dayMs),
    reportingAmountMinor: random.between(0, 50_000),
    historical: random.chance(30),
  });
}

/** Each distinct purchase counts once, until it is taken back. */
function countPurchases(records: readonly CustomerRecord[], surrogates: readonly string[]): Map<string, number> {
  const counted = new Map(surrogates.map((surrogate) => [surrogate, new Set<string>()]));
  for (const { kind, surrogate, type, eventId } of records) {
    if (kind === 'event' && type === 'order.placed') counted.get(surrogate)?.add(eventId);
  }
  for (const { surrogate, retracted } of records) {
    if (retracted !== null) counted.get(surrogate)?.delete(retracted.eventId);
  }
  return new Map([...counted].map(([surrogate, ids]) => [surrogate, ids.size]));
}

function opening(epoch: number, partitions: number): CustomerRecord[] {
  const epochStarted = { epoch, partitions, reason: epoch === 1 ? 'topic created' : 'partitions added' };
  const started = controlRecord({ kind: 'epoch-started', controlId: `epoch:${epoch}`, at: 0, epochStarted });
  return [started, anActivation(0)];
}

function anActivation(variant: number): CustomerRecord {
  const activationId = String(variant).repeat(32);
  const activation = { ...twinActivation, activationId };
  return controlRecord({ kind: 'activation-changed', controlId: activationId, at: 0, activation });
}

function aClosedDay(random: SeededRandom): CustomerRecord {
  const day = Math.floor(newestAt / dayMs) - random.below(10) + 3;
  const dayClosed = { day, timezone: 'UTC' };
  return controlRecord({ kind: 'day-closed', controlId: `day:${day}`, at: 0, tenant: 'demo', dayClosed });
}

function onItsPartition(record: CustomerRecord, partitions: number): OutgoingRecord {
  const partition = keyPartition(Buffer.from(record.surrogate), partitions);
  return { topic: twinTopics.events, key: record.surrogate, partition, value: eventCodec.encode(record) };
}

/** Owners close days each for themselves: one partition may get a day that another does not, or not yet. */
function somewhere(random: SeededRandom, records: readonly OutgoingRecord[]): OutgoingRecord[] {
  return random.chance(600) ? [...records] : records.filter(() => random.chance(500));
}

function everywhere(partitions: number, ...records: readonly CustomerRecord[]): OutgoingRecord[] {
  return records.flatMap((record) =>
    Array.from({ length: partitions }, (_, partition) => ({
      topic: twinTopics.events,
      key: null,
      partition,
      value: eventCodec.encode(record),
    })),
  );
}
