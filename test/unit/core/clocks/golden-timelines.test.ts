import { describe, expect, it } from 'vitest';
import {
  type Clock,
  type ClockTerms,
  dueAt,
  isOverdue,
  meetClock,
  pauseClock,
  reopenClock,
  resumeClock,
  spentUnits,
  startClock,
  warnsAt,
} from '../../../../services/core/clocks/clock.ts';
import { goldenScale, readGoldenTimelines } from '../../../support/golden-timelines.ts';

const table = readGoldenTimelines();
const minuteMs = 60_000;

function step(clock: Clock | null, entry: string, terms: ClockTerms): Clock {
  const [time = '', what = ''] = entry.split(' ');
  const at = Date.parse(time);
  if (what === 'start' || clock === null) return startClock(at);
  if (what === 'pause') return pauseClock(clock, at, terms);
  if (what === 'resume') return resumeClock(clock, at);
  if (what === 'meet') return meetClock(clock, at, terms);
  if (what === 'reopen') return reopenClock(clock, at);
  throw new Error(`The golden table has an entry nobody knows: ${entry}`);
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

describe('the golden table of clocks', () => {
  it('has at least 60 timelines', () => {
    expect(table.timelines.length).toBeGreaterThanOrEqual(60);
  });

  it.each(table.timelines)('$name', (timeline) => {
    const terms = { scale: goldenScale(timeline, table), target: timeline.target * minuteMs };
    let clock: Clock | null = null;
    for (const entry of timeline.log) clock = step(clock, entry, terms);
    if (clock === null) throw new Error('an empty log');
    const until = Date.parse(timeline.until ?? timeline.log.at(-1)?.split(' ')[0] ?? '');
    expect({ due: isoOrNull(dueAt(clock, terms)), warns: isoOrNull(warnsAt(clock, terms)) }).toEqual({
      due: timeline.expect.due,
      warns: timeline.expect.warns,
    });
    expect(spentUnits(clock, until, terms.scale) / minuteMs).toBeCloseTo(timeline.expect.spentMinutes, 5);
    expect(isOverdue(clock, until, terms)).toBe(timeline.expect.overdue);
  });
});
