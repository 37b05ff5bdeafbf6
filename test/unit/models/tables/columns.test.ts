import { describe, expect, it } from 'vitest';
import { binTable } from '../../../../models/tables/bin-table.ts';
import { chooseColumns } from '../../../../models/tables/choose-columns.ts';
import { encodeInputs } from '../../../../models/tables/encode-inputs.ts';
import { fitColumns } from '../../../../models/tables/fit-columns.ts';
import { dealFolds, foldByKey } from '../../../../models/tables/fold-rows.ts';
import { readTarget } from '../../../../models/tables/read-target.ts';
import { singleColumnAucs } from '../../../../models/tables/single-column-auc.ts';
import type { Table } from '../../../../models/tables/table.ts';

/** A table of `count` rows, each column a function of the row's number. */
function makeTable(count: number, columns: Readonly<Record<string, (row: number) => string | number>>): Table {
  const rows = Array.from({ length: count }, (_, row) => Object.values(columns).map((cell) => String(cell(row))));
  return { header: Object.keys(columns), rows };
}

const named = { target: 'left', id: null, exclude: [] };

describe('the columns of a table', () => {
  const table = makeTable(60, {
    left: (row) => row % 2,
    CustomerID: (row) => 50_001 + 7 * row,
    phone: (row) => `0${row}-44`,
    line: (row) => row,
    country: () => 'UK',
    nothing: () => 'NA',
    fee: (row) => (row === 7 ? 'on request' : 10 + row / 4),
    spend: (row) => 1000 * row * row,
    plan: (row) => ['a', 'b', ''][row % 3],
  });

  it('are inputs unless they are ids, constant or empty; few odd cells do not make a number a text', () => {
    const { inputs, leftOut } = chooseColumns(table, named);
    expect(inputs).toEqual([
      { name: 'fee', kind: 'number' },
      { name: 'spend', kind: 'number' },
      { name: 'plan', kind: 'category' },
    ]);
    expect(leftOut).toEqual([
      { name: 'CustomerID', reason: 'id-like' },
      { name: 'phone', reason: 'id-like' },
      { name: 'line', reason: 'id-like' },
      { name: 'country', reason: 'constant' },
      { name: 'nothing', reason: 'empty' },
    ]);
  });

  it.each([
    [{ ...named, target: 'gone' }, /--target names the column "gone", which the table lacks; its columns are left, /],
    [{ ...named, id: 'key' }, /--id names the column "key"/],
    [{ ...named, exclude: ['plan', 'size'] }, /--exclude names the column "size"/],
    [{ ...named, id: 'left' }, /--target left cannot be the id/],
    [{ ...named, exclude: ['fee', 'spend', 'plan'] }, /No column is left to learn from/],
  ])('are refused when named wrongly: %o', (wrong, expected) => {
    expect(() => chooseColumns(table, wrong)).toThrow(expected);
  });

  it('are binned with missing and unknown cells apart, the odd ones counted', () => {
    const columns = fitColumns(table, chooseColumns(table, named).inputs);
    const other = makeTable(5, {
      plan: (row) => ['b', 'c', 'nan', 'a', 'zzz'][row],
      fee: (row) => ['', 'much', '-1e9', '1e9', 'Infinity'][row],
      spend: () => 0,
    });
    const { bins, strange } = binTable(other, columns);
    expect([...bins[2]]).toEqual([3, 1, 0, 2, 1]);
    expect([...bins[0]]).toEqual([0, 0, 1, columns[0].kind === 'number' ? columns[0].edges.length + 1 : NaN, 0]);
    expect(strange).toEqual({ fee: 2, plan: 2 });
  });

  it('reach the nets as numbers from 0 to 1, whatever stands in them', () => {
    const columns = fitColumns(table, chooseColumns(table, named).inputs);
    const odd = makeTable(3, { fee: (row) => ['-1e300', '1e300', 'x'][row], spend: () => '', plan: () => '?' });
    const inputs = encodeInputs(binTable(odd, columns), columns);
    expect(inputs.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe('a column alone', () => {
  it('is named by what it tells: everything, nothing, or a lot by heart', () => {
    const table = makeTable(400, {
      leak: (row) => (row % 4 === 0 ? 'moved away' : ''),
      backwards: (row) => (row % 4 === 0 ? row / 1000 : 5 + row / 1000),
      street: (row) => `street ${Math.floor(row / 5)}`,
    });
    const labels = Uint8Array.from(table.rows, (_, row) => Number(row % 4 === 0));
    const keys = table.rows.map((_, row) => String(row));
    const inputs = [
      { name: 'leak', kind: 'category' },
      { name: 'backwards', kind: 'number' },
      { name: 'street', kind: 'category' },
    ] as const;
    const single = singleColumnAucs(table, inputs, labels, dealFolds(keys, labels, 5));
    const of = (name: string): number => single.find((column) => column.name === name)?.auc ?? NaN;
    expect(of('leak')).toBe(1);
    expect(of('backwards')).toBeGreaterThan(0.95);
    expect(of('street')).toBeLessThan(0.7);
  });
});

describe('the outcome', () => {
  const outcome = (words: readonly string[]): Table =>
    makeTable(words.length * 10, { left: (row) => words[row % words.length] });

  it.each([
    [['Yes', 'No'], null, 'Yes'],
    [['0', '1'], null, '1'],
    [['1.0', '0.0'], null, '1.0'],
    [['stay', 'go', 'maybe'], 'GO', 'go'],
    [['2.0', '1.0'], '2', '2.0'],
  ])('of %o with --positive %o is %o', (words, positive, expected) => {
    expect(readTarget(outcome(words), 'left', positive).positive).toBe(expected);
  });

  it('of unknown rows is left out', () => {
    const { labels, unlabelled, table } = readTarget(outcome(['Yes', 'No', '']), 'left', null);
    expect([labels.length, unlabelled, table.rows.length]).toEqual([20, 10, 20]);
  });

  it.each([
    [['red', 'blue'], null, /left has the values "red", "blue"; say with --positive VALUE/],
    [['Yes', 'No', 'No '], null, /say with --positive/],
    [['Yes', 'No'], 'gone', /--positive "gone" does not occur in left/],
    [['No'], null, /same left, so there is nothing to tell apart; give rows of customers who left/],
    [['', 'NaN'], null, /The column left is empty/],
  ])('of %o with --positive %o is refused', (words, positive, expected) => {
    expect(() => readTarget(outcome(words), 'left', positive)).toThrow(expected);
  });

  it('needs some rows of each kind', () => {
    const table = makeTable(50, { left: (row) => Number(row < 9) });
    expect(() => readTarget(table, 'left', null)).toThrow(/Only 9 rows have left = 1 and 41.*at least 10 of each/);
  });
});

describe('folds', () => {
  it('by key are what MD5 says', () => {
    // md5("a") = 0cc175b9…
    expect([...foldByKey(['a'], 5)]).toEqual([0x0cc175b9 % 5]);
  });

  it('that are dealt never part equal rows, and share both outcomes out evenly', () => {
    const keys = Array.from({ length: 300 }, (_, row) => `k${row % 200}`);
    const labels = Uint8Array.from(keys, (_, row) => Number(row % 200 < 40));
    const folds = dealFolds(keys, labels, 5);
    expect(folds.every((fold, row) => fold === folds[row % 200])).toBe(true);
    const hits = [0, 1, 2, 3, 4].map((fold) => folds.subarray(0, 200).filter((own, row) => own === fold && row < 40));
    expect(hits.map(({ length }) => length)).toEqual([8, 8, 8, 8, 8]);
  });
});
