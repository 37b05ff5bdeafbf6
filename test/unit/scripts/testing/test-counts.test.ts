import { describe, expect, it } from 'vitest';
import { countTests, describeCounts } from '../../../../scripts/testing/test-counts.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('counting tests', () => {
  it('adds up the single tests of all files', () => {
    const testResults = [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'passed', 'failed', 'todo')];
    expect(countTests({ success: false, testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const testResults = [file('passed', 'passed'), file('failed')];
    expect(countTests({ success: false, testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a file whose hook failed behind passing tests as one failure', () => {
    expect(countTests({ success: false, testResults: [file('failed', 'passed')] })).toMatchObject({ failed: 1 });
  });

  it('counts a run without any test, and one without a report, as failed', () => {
    expect(countTests({ success: true, testResults: [] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests(null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('believes the runner when it calls a run failed for a reason of its own', () => {
    expect(countTests({ success: false, testResults: [file('passed', 'passed')] })).toMatchObject({ failed: 1 });
  });

  it('closes with one line', () => {
    expect(describeCounts({ passed: 12, failed: 0, skipped: 1 })).toBe('12 passed, 0 failed, 1 skipped');
  });
});
