import { describe, expect, it } from 'vitest';
import { isOffsetLost, resumeOffset } from '../../../../services/platform/kafka/group-positions.ts';

describe('where a group goes on', () => {
  it.each([
    ['never committed', null, 5, 50, 5, false],
    ['committed within the log', 20, 5, 50, 20, false],
    ['read everything', 50, 5, 50, 50, false],
    ['stopped at the oldest record', 5, 5, 50, 5, false],
    ['stopped before the oldest record', 4, 5, 50, 5, true],
    ['stopped beyond the end of a topic made anew', 51, 0, 50, 0, true],
  ])('having %s', (_what, committed, low, high, resume, isLost) => {
    const position = { topic: 'events', partition: 0, committed, low, high };
    expect(resumeOffset(position)).toBe(resume);
    expect(isOffsetLost(position)).toBe(isLost);
  });
});
