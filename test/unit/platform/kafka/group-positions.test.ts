import { describe, expect, it } from 'vitest';
import { isOffsetLost, resumeOffset } from '../../../../services/platform/kafka/group-positions.ts';

describe('where a group goes on', () => {
  it.each([
    { what: 'never committed', committed: null, low: 5, high: 50, resume: 5, isLost: false },
    { what: 'committed within the log', committed: 20, low: 5, high: 50, resume: 20, isLost: false },
    { what: 'read everything', committed: 50, low: 5, high: 50, resume: 50, isLost: false },
    { what: 'stopped at the oldest record', committed: 5, low: 5, high: 50, resume: 5, isLost: false },
    { what: 'stopped before the oldest record', committed: 4, low: 5, high: 50, resume: 5, isLost: true },
    { what: 'stopped beyond the end of a topic made anew', committed: 51, low: 0, high: 50, resume: 0, isLost: true },
  ])('having $what', ({ committed, low, high, resume, isLost }) => {
    const position = { topic: 'events', partition: 0, committed, low, high, wasReset: false };
    expect(resumeOffset(position)).toBe(resume);
    expect(isOffsetLost(position)).toBe(isLost);
  });

  it('takes the mark that the client puts over an offset out of range for a loss, not for a new group', () => {
    const position = { topic: 'events', partition: 0, committed: null, low: 5, high: 50, wasReset: true };
    expect(isOffsetLost(position)).toBe(true);
    expect(resumeOffset(position)).toBe(5);
  });
});
