import { describe, expect, it } from 'vitest';
import { createFaultPoints, noFaultPoints } from '../../../../services/platform/runtime/fault-points.ts';

describe('fault points', () => {
  it('are none when nothing is asked for', () => {
    expect(createFaultPoints(undefined, false)).toBe(noFaultPoints);
    expect(createFaultPoints('', true)).toBe(noFaultPoints);
  });

  it.each([
    { text: 'after-lunch:1', why: 'an unknown point' },
    { text: 'after-load', why: 'no count' },
    { text: 'after-load:0', why: 'a count below one' },
    { text: 'after-load:x', why: 'a count that is no number' },
  ])('refuse $why', ({ text }) => {
    expect(() => createFaultPoints(text, true)).toThrow(/TIDEWATCH_FAULT/);
  });

  it('are refused unless allowed', () => {
    expect(() => createFaultPoints('after-load:1', false)).toThrow(/TIDEWATCH_ALLOW_FAULTS=1/);
  });
});
