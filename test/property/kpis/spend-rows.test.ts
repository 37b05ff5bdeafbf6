import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyKpiFact } from '../../../services/core/kpis/apply-kpi-fact.ts';
import { type CustomerLedger, emptyLedger } from '../../../services/core/kpis/customer-ledger.ts';
import { spendFact } from '../../../services/core/kpis/figures/figure-fact.ts';
import { SpendRows, type SpendFields } from '../../../services/core/kpis/figures/parse-spend-row.ts';
import { spendTypes } from '../../../services/core/kpis/figures/spend-row.ts';
import { usualKpiRules } from '../../../services/core/kpis/kpi-rules.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { runs } from '../../support/property-runs.ts';

const rules = { ...usualKpiRules, dayOf: (ms: number) => Math.floor(ms / 86_400_000) };

const fields: fc.Arbitrary<SpendFields> = fc.record({
  id: fc.constant(''),
  day: fc.constantFrom('2026-10-01', '2026-10-02'),
  type: fc.constantFrom(...spendTypes),
  amount: fc.nat(100_000).map((minor) => (minor / 100).toFixed(2)),
  channel: fc.constantFrom('', 'web'),
  playbook: fc.constantFrom('', 'win-back'),
  campaign: fc.constantFrom('', 'spring'),
});

/** Counts files one after the other as the aggregator does, and returns the money of October. */
function count(files: readonly (readonly SpendFields[])[]): number {
  const ledgers = new Map<string, CustomerLedger>();
  let sum = 0;
  files.forEach((file, sequence) => {
    const reader = new SpendRows(2);
    for (const row of file) {
      const parsed = reader.parse(row);
      if ('length' in parsed) throw new Error('the row is good');
      const fact = spendFact(parsed, parsed.day * 86_400_000, { tenant: 't', sequence, source: 'spend' }, nodeDigest);
      const { ledger, changes } = applyKpiFact(ledgers.get(fact.surrogate) ?? emptyLedger(), fact, rules);
      ledgers.set(fact.surrogate, ledger);
      for (const { period, slice, by } of changes) if (period.kind === 'month' && slice === null) sum += by;
    }
  });
  return sum;
}

function total(file: readonly SpendFields[]): number {
  return file.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
}

describe('rows of spend', () => {
  it('add up to the file however often it is imported, equal rows among them', () => {
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (file, times) => {
        expect(count(Array.from({ length: times }, () => file))).toBe(total(file));
      }),
      { numRuns: runs(200) },
    );
  });

  it('of a corrected file take the place of those before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fields, fc.nat(5000)), { maxLength: 12 }), (rows) => {
        const corrected = rows.map(([row, amount]) => ({ ...row, amount: String(amount) }));
        expect(count([rows.map(([row]) => row), corrected])).toBe(total(corrected));
      }),
      { numRuns: runs(200) },
    );
  });

  it('name every wrong field, and take no id twice', () => {
    const reader = new SpendRows(2);
    const good = { id: 'a', day: '2026-10-01', type: 'upkeep', amount: '1', channel: '', playbook: '', campaign: '' };
    expect(reader.parse({ ...good, day: '1969-12-31' })).toMatchObject([{ field: 'day' }]);
    const bad = reader.parse({ ...good, day: 'soon', type: 'fun', amount: '1,5', channel: 'radio' });
    expect(bad).toMatchObject([{ field: 'day' }, { field: 'type' }, { field: 'amount' }, { field: 'channel' }]);
    expect(reader.parse(good)).toMatchObject({ amountMinor: 100 });
    expect(reader.parse(good)).toMatchObject([{ field: 'id' }]);
  });
});
