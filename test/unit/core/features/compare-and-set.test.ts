import { describe, expect, it } from 'vitest';
import { resolveConflict } from '../../../../services/core/features/compare-and-set.ts';

const at = (offset: number, epoch = 1) => ({ epoch, partition: 0, offset });
const ours = { storedVersion: 5, baseMark: at(10), targetMark: at(20) };

describe('a refused compare-and-set', () => {
  it.each([
    ['at the target', at(20), 'done'],
    ['beyond the target', at(21), 'done'],
    ['in a newer epoch', at(0, 2), 'done'],
    ['between base and target', at(15), 'refold'],
    ['still at the base', at(10), 'refold'],
    ['behind the base', at(9), 'regressed'],
    ['in an older epoch', at(99, 0), 'regressed'],
    ['gone', null, 'regressed'],
  ])('with the stored mark %s ends in: %3$s', (_where, storedMark, resolution) => {
    expect(resolveConflict({ ...ours, storedMark })).toBe(resolution);
  });

  it('with nothing stored means regressed if something had been loaded, else fold again', () => {
    expect(resolveConflict({ ...ours, storedVersion: 0, storedMark: null })).toBe('regressed');
    expect(resolveConflict({ ...ours, storedVersion: 0, storedMark: null, baseMark: null })).toBe('refold');
    expect(resolveConflict({ storedVersion: 0, storedMark: null, baseMark: null, targetMark: null })).toBe('refold');
  });

  it('of a closed day is done only when the stored state has closed that day too', () => {
    const sweep = { storedVersion: 5, storedMark: at(10), baseMark: at(10), targetMark: at(10) };
    expect(resolveConflict({ ...sweep, closedDays: { stored: 99, target: 100 } })).toBe('refold');
    expect(resolveConflict({ ...sweep, closedDays: { stored: 100, target: 100 } })).toBe('done');
  });
});
