import { describe, expect, it } from 'vitest';
import { ColumnProfile } from '../../../../cli/import/column-profile.ts';

function describeColumn(...values: readonly unknown[]): string {
  const profile = new ColumnProfile('Column');
  values.forEach((value) => profile.take(value));
  return profile.describe(values.length);
}

describe('the report on a column', () => {
  it.each([
    ['an e-mail address', 'ann@example.org'],
    ['a telephone number', '+44 20 7946 0958'],
    ['a name', 'Ann Example'],
    ['a name with letters beyond ASCII', 'Łukasz Żółć'],
  ])('hides %s among examples and at the ends of the range', (_what, value) => {
    const report = describeColumn(value);
    expect(report).toMatch(/100 % filled, 1 distinct, text.*\*\*\*/);
    for (const part of value.split(/[ @]/)) expect(report).not.toContain(part);
  });

  it('shows numbers, times and codes as they are', () => {
    expect(describeColumn('12.50', '-3', '7')).toBe(
      'Column: 100 % filled, 3 distinct, number, from -3 to 12.5; such as 12.50 | -3 | 7',
    );
    expect(describeColumn('2024-05-01', new Date(0))).toMatch(/, time, from 1970-01-01T00:00:00.000Z to 2024-05-01;/);
    expect(describeColumn('SKU-1')).toContain('such as SKU-1');
  });

  it('counts empty cells as not filled, and cuts what is long', () => {
    expect(describeColumn('', null, undefined, 'x'.repeat(100))).toMatch(
      /^Column: 25 % filled, 1 distinct.*x{37}\.\.\.$/,
    );
    expect(describeColumn()).toBe('Column: 0 % filled, 0 distinct, empty; such as ');
  });

  it('keeps a bounded number of distinct values', () => {
    expect(describeColumn(...Array.from({ length: 10_001 }, (_, i) => i))).toContain('10000 or more distinct');
  });
});
