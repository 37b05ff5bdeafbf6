import { controlRecord } from '../../core/events/control-record.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogSink, LogSource, OutgoingRecord } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { DurationMs, EpochDay } from '../../core/units.ts';
import type { PartitionControls } from '../partition-controls.ts';
import { readControl } from '../read-control.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';

export interface DayCloserDeps {
  readonly source: Pick<LogSource, 'health'>;
  readonly sink: LogSink;
  readonly store: StateStore;
  readonly controls: PartitionControls;
  readonly codec: RecordCodec<CustomerRecord>;
  /** Topic of the events, which the ends of days have their place in. */
  readonly topic: string;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  readonly clock: Clock;
  /** How long after midnight a day stays open for events that are under way. */
  readonly graceMs: DurationMs;
}

/**
 * Writes the end of each tenant's business day into the log of each owned partition. The record's id and content
 * depend on the day alone, and readers take only the first of them, so two owners that both write it do no harm.
 * Days that passed while nobody was there to close them are closed with the last of them.
 */
export function createDayCloser(deps: DayCloserDeps): () => Promise<void> {
  const { source, sink, store, controls, codec, topic, tenants, clock, graceMs } = deps;
  /**
   * Last day written per partition, epoch and tenant, so that a day is not written again while its record is still to be
   * read. A new epoch may begin a topic that was created again: what was written then is gone.
   */
  const written = new Map<string, EpochDay>();

  return async function closeDays() {
    const outgoing: OutgoingRecord[] = [];
    const closing: [key: string, day: EpochDay][] = [];
    for (const { partition } of source.health()) {
      const control = controls.get(partition) ?? (await readControl(store, partition));
      if (control.activation === null) continue;
      for (const tenant of tenants.values()) {
        const key = `${partition}/${control.epoch}/${tenant.id}`;
        const day = tenant.calendar.dayOf(clock.now() - graceMs) - 1;
        if (day <= Math.max(control.closedDays.get(tenant.id) ?? 0, written.get(key) ?? 0)) continue;
        outgoing.push({ topic, key: null, partition, value: codec.encode(dayClosedRecord(tenant, day)) });
        closing.push([key, day]);
      }
    }
    if (outgoing.length > 0) await sink.publish(outgoing);
    for (const [key, day] of closing) written.set(key, day);
  };
}

/** The record that ends a business day of a tenant on a partition. */
export function dayClosedRecord({ id, calendar }: ScorerTenant, day: EpochDay): CustomerRecord {
  return controlRecord({
    kind: 'day-closed',
    controlId: `day:${id}:${calendar.isoDate(day)}`,
    at: calendar.startOf(day + 1),
    tenant: id,
    dayClosed: { day, timezone: calendar.timezone },
  });
}
