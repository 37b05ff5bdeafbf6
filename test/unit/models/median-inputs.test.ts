import { expect, it } from 'vitest';
import type { CutRow } from '../../../models/training/cut-table.ts';
import { medianInputs } from '../../../models/training/median-inputs.ts';
import { PackedRows } from '../../../models/training/packed-rows.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { anInput } from '../../support/a-manifest.ts';

const coding = { inputs: [anInput({ transform: 'identity', mean: 1, sd: 2 })], closedForm: null, spendUnit: 1 };

function tableOf(customers: readonly (readonly [spend: number, recency: number | null])[]) {
  const vectors = new PackedRows(customers.length, featureNames.length);
  const rows = customers.map(([spend, recency], i): CutRow => {
    vectors.add(Float64Array.from(featureNames, (name) => (name === 'spend' ? spend : 0)));
    const outcome = { silent: [true, true, true], spend: 0, purchaseDays: 0 } as const;
    return { customer: `c${i}`, outcome, recency, spend365: 0 };
  });
  return { cut: 1000, rows, vectors };
}

it('takes the median, encoded, of those who bought within a year', () => {
  const table = tableOf([[3, 5], [100, 900], [5, 10], [200, null], [7, 365]]); // prettier-ignore
  expect(medianInputs(table, coding)).toEqual([2]);
});

it('takes everybody where nobody bought within a year', () => {
  expect(medianInputs(tableOf([[9, 900]]), coding)).toEqual([4]);
});
