import type { CustomerRecord } from '../../events/customer-record.ts';
import type { Surrogate } from '../../units.ts';
import { countedAs } from '../counted-types.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { PastEvent } from './kpi-history.ts';

/** A record and where it stands. */
export interface PlacedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly record: CustomerRecord;
}

/** An event with what its scores name it by. */
export interface LoggedEvent extends PastEvent {
  readonly source: string;
  readonly eventId: string;
}

const horizonDays = 455;

/**
 * The events of each customer that KPIs read, each once. One that comes so late that no window reaches it changes nothing,
 * unless an import brings it.
 */
export function gatherEvents(
  records: readonly PlacedRecord[],
  rules: KpiRules,
): ReadonlyMap<Surrogate, readonly LoggedEvent[]> {
  const takenBack = new Set(
    records.flatMap(({ record }) => (record.retracted === null ? [] : [nameOf(record.retracted)])),
  );
  const found = new Map<string, LoggedEvent & { readonly surrogate: Surrogate }>();
  const latest = new Map<Surrogate, number>();
  for (const { offset, record } of records) {
    if (record.kind !== 'event') continue;
    const { surrogate, historical } = record;
    const at = Math.max(0, Math.min(record.occurredAt, record.receivedAt));
    const day = rules.dayOf(at);
    const newestDay = Math.max(day, latest.get(surrogate) ?? day);
    latest.set(surrogate, newestDay);
    const name = nameOf(record);
    if (found.has(name) || countedAs(record.type) === null) continue;
    if (!historical && day + horizonDays <= newestDay + 1) continue;
    found.set(name, { ...toEvent(record), surrogate, order: offset, at, isTakenBack: takenBack.has(name) });
  }
  return Map.groupBy(found.values(), ({ surrogate }) => surrogate);
}

function nameOf({ surrogate, source, eventId }: CustomerRecord): string {
  return JSON.stringify([surrogate, source, eventId]);
}

function toEvent(record: CustomerRecord): Omit<LoggedEvent, 'order' | 'at' | 'isTakenBack'> {
  const { source, eventId, type, channel, region, store, reportingAmountMinor: amountMinor, attributes } = record;
  return { source, eventId, type, channel: channel === '' ? null : channel, region, store, amountMinor, attributes };
}
