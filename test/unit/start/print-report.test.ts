import { describe, expect, it } from 'vitest';
import { describeReport } from '../../../scripts/start/report/print-report.ts';
import type { Report } from '../../../scripts/start/report/books.ts';

const report = { sent: 2, accepted: 2, features: { n_30: { maxDiff: 1, differing: 3 } } } as unknown as Report;

describe('describeReport', () => {
  it('marks the lines that do not balance, with both numbers', () => {
    const text = describeReport(report, [
      { what: 'a = b', left: 5, right: 5 },
      { what: 'c = d', left: 5, right: 4 },
    ]).join('\n');
    expect(text).toMatch(/ok\s+a = b \(5\)/);
    expect(text).toMatch(/DIFFERS\s+c = d: 5 and 4/);
    expect(text).toMatch(/DIFFERS\s+n_30.*customers differing 3/);
  });
});
