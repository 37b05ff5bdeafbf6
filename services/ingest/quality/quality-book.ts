import type { QualityStore, QualityDay } from '../../core/ports/quality-store.ts';
import { addCounts, countQuality } from '../../core/quality/quality-counts.ts';
import type { QualityCounts } from '../../core/quality/quality-counts.ts';
import type { EventQuality } from '../../core/quality/quality-mark.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Sender } from '../ingest-tenant.ts';

/** Counts in memory what requests say, and writes it to the store from time to time. */
export interface QualityBook {
  note(sender: Sender, receivedAt: EpochMs, events: readonly EventQuality[]): void;
  /** Writes what was counted so far. What cannot be written is kept for the next time; then it rejects. */
  flush(): Promise<void>;
}

/** Bounded, for types, fields and rules come from closed sets; one entry per source and day. */
interface Entry extends QualityDay {
  readonly counts: QualityCounts;
}

export function createQualityBook(store: QualityStore): QualityBook {
  let pending = new Map<string, Entry>();
  let flushing = Promise.resolve();

  function entryOf(day: QualityDay): Entry {
    const key = `${day.tenant} ${day.source} ${day.day}`;
    let entry = pending.get(key);
    if (entry === undefined) pending.set(key, (entry = { ...day, counts: new Map() }));
    return entry;
  }

  async function write(): Promise<void> {
    const entries = [...pending.values()];
    pending = new Map();
    for (const [index, { counts, ...day }] of entries.entries()) {
      try {
        await store.add(day, counts);
      } catch (error) {
        for (const { counts: left, ...each } of entries.slice(index)) addCounts(entryOf(each).counts, left);
        throw error;
      }
    }
  }

  return {
    note({ tenant, source }, receivedAt, events) {
      if (events.length === 0) return;
      const { counts } = entryOf({ tenant: tenant.id, source, day: tenant.calendar.dayOf(receivedAt) });
      countQuality(counts, events);
    },
    flush: () => (flushing = flushing.catch(() => undefined).then(write)),
  };
}
