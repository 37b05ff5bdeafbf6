import { describe, expect, it } from 'vitest';
import type { CleanContext } from '../../../../services/core/quality/clean-context.ts';
import { cleanRules } from '../../../../services/core/quality/clean-rules.ts';
import { cleanValue } from '../../../../services/core/quality/clean-value.ts';
import type { FieldKind } from '../../../../services/core/quality/field-kind.ts';

const now = Date.UTC(2026, 4, 2, 12);
const of = (changes: Partial<CleanContext> = {}): CleanContext => ({
  type: 'order.placed',
  country: () => null,
  now,
  ...changes,
});
const gb = of({ country: () => 'GB' });

type Row = [kind: FieldKind, sent: unknown, normal: string | number, context?: CleanContext];

describe('a value that is right', () => {
  it.each<Row>([
    ['phone', '+44 20 7946 0958', '+442079460958'],
    ['phone', '0044 20 7946 0958', '+442079460958'],
    ['phone', '020 7946 0958', '+442079460958', gb],
    ['phone', '+86 138 0013 8000', '+8613800138000', gb],
    ['phone', '138 0013 8000', '+8613800138000', of({ country: () => 'CN' })],
    ['phone', '0044 20 7946 0958', '+442079460958', of({ country: () => 'US' })],
    ['phone', '+1 (415) 555-2671 ext. 5', '+14155552671'],
    ['phone', 'tel:+1-415-555-2671', '+14155552671'],
    ['phone', 442079460958, '+442079460958', gb],
    ['email', ' Jane.Doe+x@Example.COM', 'jane.doe+x@example.com'],
    ['email', 'mailto:jane@x.org', 'jane@x.org'],
    ['country', 'Germany', 'DE'],
    ['country', 'Deutschland', 'DE'],
    ['country', '中国', 'CN'],
    ['country', 'deu', 'DE'],
    ['country', '276', 'DE'],
    ['country', 4, 'AF'],
    ['country', 'UK', 'GB'],
    ['country', 'U.S.A.', 'US'],
    ['currency', 'gbp', 'GBP'],
    ['currency', '€', 'EUR'],
    ['currency', 'us$', 'USD'],
    ['timezone', 'europe/london', 'Europe/London'],
    ['timezone', 'America/New York', 'America/New_York'],
    ['timezone', 'utc', 'UTC'],
    ['birthDate', '1990/05/17', '1990-05-17'],
    ['birthDate', '19900517', '1990-05-17'],
    ['birthDate', '1990-05-17T00:00:00Z', '1990-05-17'],
    ['quantity', '3', 3],
    ['quantity', '-1', -1, of({ type: 'order.returned' })],
    ['age', ' 41 ', 41],
  ])('%s %o becomes %o', (kind, sent, normal, context = of()) => {
    expect(cleanValue(sent, kind, context)).toEqual({ value: normal, rule: cleanRules[kind].id, state: 'changed' });
    expect(cleanValue(normal, kind, context)).toEqual({ value: normal, rule: null, state: 'same' });
  });
});

describe('a value that is not what its field is for', () => {
  it.each<[kind: FieldKind, sent: unknown, context?: CleanContext]>([
    ['phone', '020 7946 0958'],
    ['phone', '12345', gb],
    ['phone', 'call me'],
    ['phone', `+${'1'.repeat(60)}`],
    ['email', 'jane'],
    ['email', 7],
    ['country', 'Atlantis'],
    ['country', 'ZZ'],
    ['currency', '$'],
    ['currency', '¥'],
    ['currency', 'XYZ'],
    ['timezone', 'Europe/Atlantis'],
    ['timezone', '+01:00'],
    ['timezone', '__proto__'],
    ['birthDate', '05/06/1990'],
    ['birthDate', 'May'],
    ['quantity', 'two'],
    ['quantity', '1e999'],
    ['age', 'old'],
  ])('%s %o stays, and is marked', (kind, sent, context = of()) => {
    expect(cleanValue(sent, kind, context)).toEqual({ value: sent, rule: null, state: 'invalid' });
    expect(cleanValue(` ${String(sent)} `, kind, context)).toMatchObject({ rule: 'trim/1', state: 'invalid' });
  });
});

describe('a value that nobody can have meant', () => {
  it.each<[kind: FieldKind, sent: unknown, context?: CleanContext]>([
    ['birthDate', '1900-01-01'],
    ['birthDate', '0001-01-01'],
    ['birthDate', '2026-05-04'],
    ['birthDate', '1990-02-30'],
    ['quantity', -1],
    ['quantity', '-2'],
    ['age', -1],
    ['age', 126],
  ])('%s %o is withdrawn', (kind, sent, context = of()) => {
    expect(cleanValue(sent, kind, context)).toEqual({ value: null, rule: cleanRules[kind].id, state: 'impossible' });
  });

  it.each(['1900-01-01', '0000-00-00', '0001-01-01T00:00:00Z', '1900-01-01 00:00:00'])(
    'the date %s is, in any field',
    (sent) => {
      expect(cleanValue(sent, null, of())).toEqual({ value: null, rule: 'placeholder-date/1', state: null });
    },
  );

  it('today as a date of birth is not withdrawn, anywhere on earth', () => {
    expect(cleanValue('2026-05-03', 'birthDate', of())).toMatchObject({ state: 'same' });
  });
});

describe('a field without a normal form', () => {
  it.each<[unknown, unknown, string | null]>([
    [' a  b ', 'a  b', 'trim/1'],
    ['e\u0301', 'é', 'trim/1'],
    ['1900-01-01 was a Monday', '1900-01-01 was a Monday', null],
    ['   ', '', 'trim/1'],
    [7, 7, null],
    [null, null, null],
    [true, true, null],
  ])('%o becomes %o', (sent, value, rule) => {
    expect(cleanValue(sent, null, of())).toEqual({ value, rule, state: null });
  });

  it.each([null, '', '  ', true])('nor is %o a value of one that has', (sent) => {
    expect(cleanValue(sent, 'country', of()).state).toBeNull();
  });
});
