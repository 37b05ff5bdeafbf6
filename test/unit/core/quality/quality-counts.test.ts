import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCounts, countQuality } from '../../../../services/core/quality/quality-counts.ts';
import type { QualityCounts } from '../../../../services/core/quality/quality-counts.ts';
import { qualityDimensions } from '../../../../services/core/quality/quality-dimension.ts';
import { qualityMark } from '../../../../services/core/quality/quality-mark.ts';
import type { EventQuality } from '../../../../services/core/quality/quality-mark.ts';
import { runs } from '../../../support/property-runs.ts';

const mark = fc.record({
  dimension: fc.constantFrom(...qualityDimensions),
  field: fc.constantFrom('(event)', '(name)', 'phone', 'a|b'),
  isGood: fc.boolean(),
});
const event = fc.record({
  type: fc.constantFrom('login', 'order.placed', 'refused'),
  // Marks are counted for what they say, also where one was not made by `qualityMark`.
  marks: fc.array(fc.oneof(mark, mark.map((each) => qualityMark(each.dimension, each.field, each.isGood)))), // prettier-ignore
  rules: fc.array(fc.constantFrom('trim/1', 'age/1')),
  surplus: fc.nat({ max: 3 }),
});

/** Name by name, event by event. */
function naiveCounts(events: readonly EventQuality[]): QualityCounts {
  const counts: QualityCounts = new Map();
  for (const { type, marks, rules, surplus } of events) {
    for (const each of marks) {
      const name = `${each.isGood ? 'good' : 'bad'}|${each.dimension}|${type}|${each.field}`;
      addCounts(counts, new Map([[name, 1]]));
    }
    for (const rule of rules) addCounts(counts, new Map([[`rule|${rule}`, 1]]));
    if (surplus > 0) addCounts(counts, new Map([['surplus', surplus]]));
  }
  return counts;
}

describe('counts of quality', () => {
  it('are those that counting each mark by its name gives, over any requests', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 6 }), { maxLength: 4 }), (requests) => {
        const counts: QualityCounts = new Map();
        for (const events of requests) countQuality(counts, events);
        expect(counts).toEqual(naiveCounts(requests.flat()));
      }),
      { numRuns: runs(300) },
    );
  });

  it('take the very same mark for what says the same', () => {
    expect(qualityMark('accuracy', 'phone', true)).toBe(qualityMark('accuracy', 'phone', true));
    expect(qualityMark('accuracy', 'phone', false)).toEqual({ dimension: 'accuracy', field: 'phone', isGood: false });
  });
});
