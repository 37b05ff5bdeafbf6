import { describe, expect, it } from 'vitest';
import { readTime } from '../../../../services/ingest/steps/read-time.ts';
import { receivedAt } from '../ingest-fixtures.ts';

const at = (ms: number): string => new Date(ms).toISOString();
const hour = 3_600_000;

describe('readTime', () => {
  it.each([[undefined], [null]])('takes the time of receipt when the client states %j', (stated) => {
    expect(readTime(stated, receivedAt, false)).toEqual({ outcome: 'ok', value: receivedAt });
  });

  it('takes the statement of the client as it is, also long after it was made', () => {
    const stated = '2026-01-01T00:00:00+01:00';
    expect(readTime(stated, receivedAt, false)).toEqual({ outcome: 'ok', value: Date.parse(stated) });
  });

  it.each([
    ['1970', '1970-01-01T00:00:00Z', false],
    ['next year', '2027-05-02T12:00:00Z', false],
    ['next year in an import', '2027-05-02T12:00:00Z', true],
    ['more than a day ahead', at(receivedAt + 24 * hour + 1), false],
    ['six years ago', '2020-05-01T00:00:00Z', false],
    ['before 1990 in an import', '1989-12-31T23:59:59Z', true],
    ['no time', 'not-a-date', false],
    ['a number', 1_777_629_600, true],
    ['an object', { $date: 1 }, false],
  ])('refuses %s', (_what, stated, historical) => {
    expect(readTime(stated, receivedAt, historical)).toMatchObject({ outcome: 'dead-letter', code: 'ERR_EVENT_TIME' });
  });

  it.each([
    ['a day ahead', at(receivedAt + 24 * hour), false],
    ['almost five years ago', '2021-05-03T00:00:00Z', false],
    ['2009 in an import', '2009-12-01T07:45:00', true],
    ['1990 in an import', '1990-01-01', true],
  ])('takes %s', (_what, stated, historical) => {
    expect(readTime(stated, receivedAt, historical)).toMatchObject({ outcome: 'ok' });
  });

  it('does not show what the client sent', () => {
    expect(JSON.stringify(readTime('jane@example.com', receivedAt, false))).not.toMatch(/jane/);
  });
});
