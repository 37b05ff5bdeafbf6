import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { featureReading } from '../../../services/core/features/reads-features.ts';
import { liveHistory } from '../../support/arbitraries.ts';
import { aRecord } from '../../support/builders.ts';
import { applyAll, foldHistory, vectorOf } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

/** The record that takes `original` back. */
function retractionOf(original: CustomerRecord): CustomerRecord {
  return aRecord({
    kind: 'event-retracted',
    eventId: `retract:${original.eventId}`,
    surrogate: original.surrogate,
    retracted: original,
  });
}

/** What is in the features, without what only says which records were seen. */
function foldedParts(records: readonly CustomerRecord[]) {
  const state = foldHistory(records);
  return { features: ownBlock(state).features, vector: vectorOf(state) };
}

describe('retracting events inside the horizon', () => {
  it('leaves the features as if they had never come, wherever in the log the retractions stand', () => {
    const plan = liveHistory.chain((records) =>
      fc.tuple(fc.constant(records), fc.subarray(records), fc.array(fc.nat({ max: 100 }), { maxLength: 40 })),
    );
    fc.assert(
      fc.property(plan, ([records, retracted, places]) => {
        // An event that is never taken back keeps asOf where the retracted ones would have put it.
        const newest = aRecord({ eventId: 'newest', occurredAt: Date.UTC(2026, 6, 5, 12) });
        const kept = [newest, ...records.filter((record) => !retracted.includes(record))];
        const log = [newest, ...records];
        retracted.forEach((original, i) => {
          const earliest = log.indexOf(original) + 1;
          const place = earliest + ((places[i % Math.max(1, places.length)] ?? 0) % (log.length - earliest + 1));
          log.splice(place, 0, retractionOf(original));
        });
        expect(foldedParts(log)).toEqual(foldedParts(kept));
      }),
      { numRuns: runs(300) },
    );
  });

  it('happens once, however often the retraction comes', () => {
    fc.assert(
      fc.property(liveHistory, (records) => {
        fc.pre(records.some((record) => featureReading(record) !== null));
        const original = records.find((record) => featureReading(record) !== null);
        if (original === undefined) return;
        const retraction = retractionOf(original);
        expect(foldedParts([...records, retraction, { ...retraction }])).toEqual(foldedParts([...records, retraction]));
      }),
      { numRuns: runs(100) },
    );
  });

  it('happens once for one event, also when another retraction of it comes with an id of its own', () => {
    const original = aRecord({ reportingAmountMinor: 500 });
    const neighbour = aRecord({ reportingAmountMinor: 900 });
    const again = { ...retractionOf(original), eventId: 'asked for twice' };
    const log = [original, neighbour, retractionOf(original), again];
    expect(foldedParts(log)).toEqual(foldedParts(log.slice(0, 3)));
  });

  it('refuses what the features do not hold, and changes nothing then', () => {
    const held = aRecord({ reportingAmountMinor: 500 });
    const state = foldHistory([held]);
    const before = structuredClone(ownBlock(state).features);
    const other = retractionOf(aRecord({ reportingAmountMinor: 700 }));
    const old = retractionOf(aRecord({ occurredAt: held.occurredAt - 460 * 86_400_000 }));
    const unread = retractionOf(aRecord({ type: 'page.viewed' }));
    const results = applyAll(state, [other, old, unread], 1).map(({ result }) => result);
    expect(results).toEqual(['unmatched', 'too-late', 'not-read']);
    expect(ownBlock(state).features).toEqual(before);
  });

  it('changes nothing of an erased or withheld customer', () => {
    for (const flag of ['erased', 'withheld'] as const) {
      const original = aRecord();
      const state = emptyState();
      applyAll(state, [original]);
      state[flag] = true;
      expect(applyAll(state, [retractionOf(original)], 1)[0].result).toBe('withheld');
    }
  });
});
