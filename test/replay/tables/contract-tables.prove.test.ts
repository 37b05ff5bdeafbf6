import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../models/tables/read-table.ts';
import { inspectTable, trainTable, type TableRequest } from '../../../models/tables/train-table.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const hasData = existsSync(folder);
/** Minutes of computing per set: in `npm run prove` only. */
const isProving = Number(process.env['PROVE_FACTOR'] ?? '1') > 1;

function request(wanted: Partial<TableRequest>): TableRequest {
  const progress = { say: () => undefined, begins: () => undefined, fitDone: () => undefined, ends: () => undefined };
  return {
    target: 'Churn',
    id: null,
    exclude: [],
    positive: null,
    folds: 5,
    foldBy: 'content',
    seed: 1,
    backend: 'wasm',
    wantsModel: false,
    progress,
    ...wanted,
  };
}

const sets = [
  {
    name: 'IBM Telco, folds by the MD5 of the id',
    file: 'ibm-telco/WA_Fn-UseC_-Telco-Customer-Churn.csv',
    wanted: { id: 'customerID', foldBy: 'id' as const },
    bars: { auc: 0.846, brier: 0.1345 },
  },
  {
    name: 'Iranian, folds by content',
    file: 'iranian-churn/iranian_churn.csv',
    wanted: {},
    bars: { auc: 0.975, brier: 0.042 },
  },
  {
    name: 'e-commerce, folds by content',
    file: 'ecommerce-churn/ecommerce_churn.csv',
    wanted: { id: 'CustomerID' },
    bars: { auc: 0.94, brier: 0.07 },
  },
];

describe('contract tables', () => {
  it.skipIf(!hasData || !isProving).each(sets)(
    'reach their figures out of fold: $name (npm run prove, needs ../shared/data)',
    async ({ file, wanted, bars }) => {
      const asked = request(wanted);
      const { outOfFold } = await trainTable(inspectTable(await readTable(`${folder}${file}`), asked), asked);
      expect(outOfFold?.overall.auc).toBeGreaterThanOrEqual(bars.auc);
      expect(outOfFold?.overall.brier).toBeLessThanOrEqual(bars.brier);
      expect(outOfFold?.overall.ece10).toBeLessThanOrEqual(0.03);
    },
  );

  it.skipIf(!hasData)(
    'of the Telco status name what was written after the outcome (needs ../shared/data)',
    async () => {
      const asked = request({ target: 'Churn Value', id: 'Customer ID' });
      const { leaks, leftOut } = inspectTable(await readTable(`${folder}ibm-telco/telco_v11_status.csv`), asked);
      const named = leaks.map(({ name }) => name);
      expect(named).toEqual(expect.arrayContaining(['Customer Status', 'Churn Label', 'Churn Category', 'Satisfaction Score'])); // prettier-ignore
      expect(leftOut.map(({ name }) => name)).not.toContain('Satisfaction Score');
    },
  );

  it.skipIf(!hasData)('name the row number of the e-commerce set as an id (needs ../shared/data)', async () => {
    const table = await readTable(`${folder}ecommerce-churn/ecommerce_churn.csv`);
    const { leftOut, duplicates, leaks } = inspectTable(table, request({}));
    expect(leftOut).toEqual([{ name: 'CustomerID', reason: 'id-like' }]);
    expect(duplicates).toBeGreaterThan(100);
    expect(leaks).toEqual([]);
  });
});
