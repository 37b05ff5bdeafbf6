import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CleanContext } from '../../../services/core/quality/clean-context.ts';
import { cleanFields } from '../../../services/core/quality/clean-fields.ts';
import { restoreFields } from '../../../services/core/quality/restore-fields.ts';
import { runs } from '../../support/property-runs.ts';

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('phone', 'email', 'country', 'currency', 'timezone', 'birthday', 'qty', 'age', 'note', 'a/b', '~1', '__proto__', '0') }, // prettier-ignore
  { weight: 1, arbitrary: fc.string() },
);
const words = ['+44 20 7946 0958', '020 7946 0958', '0049 171 1234567', 'mailto:mailto: Jane@X.org', 'JANE@İ.com', 'Germany', 'uk', '中国', 'gbp', '€', 'europe/london', 'asia/kolkata', 'America/New York', '1900-01-01', '19900101', '1990.01.01', '-3', '+07', '200', '0000-00-00', 'e\u0301', '\u2000x\u2001']; // prettier-ignore
const leaf = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...words).map((word) => ` ${word}\t`),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.integer(),
  fc.constantFrom(null, true, false),
);
const { values } = fc.letrec<{ values: Record<string, unknown>; any: unknown }>((tie) => ({
  values: fc.array(fc.tuple(name, tie('any')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('values'),
    fc.array(fc.oneof(leaf, tie('values')), { maxLength: 4 }),
  ),
}));
const context = fc.record<CleanContext>({
  type: fc.constantFrom('order.placed', 'order.returned', 'customer.upserted'),
  country: fc.constantFrom(null, 'GB', 'US', 'CN', 'DE').map((country) => () => country),
  now: fc.constant(Date.UTC(2026, 4, 2)),
});

describe('cleaning', () => {
  it('changes nothing that is clean already', () => {
    fc.assert(
      fc.property(values, context, (sent, each) => {
        const once = cleanFields(sent, '', each);
        const twice = cleanFields(once.values, '', each);
        expect(twice.changes).toEqual([]);
        expect(twice.values).toBe(once.values);
        expect(twice.checks.map(({ state }) => state).filter((state) => state === 'changed')).toEqual([]);
      }),
      { numRuns: runs(1500) },
    );
  });

  it('is undone by what it says about itself', () => {
    fc.assert(
      fc.property(values, context, (sent, each) => {
        const before = JSON.stringify(sent);
        const { values: cleaned, changes } = cleanFields(sent, '', each);
        expect(JSON.stringify(restoreFields(cleaned, changes))).toBe(before);
        expect(JSON.stringify(sent)).toBe(before);
      }),
      { numRuns: runs(1500) },
    );
  });
});
