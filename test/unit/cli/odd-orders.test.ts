import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { shippedModelDir } from '../../support/model-copy.ts';

const header = 'customer_id,timestamp,amount,shop\n';
const day = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);

/** Rows of customers with one order on each of the days. */
function rowsOf(customers: number, days: readonly number[]): string {
  return Array.from({ length: customers }, (_, c) => days.map((n) => `c${c},${day(n)},${10 + c},web\n`).join('')).join(
    '',
  );
}

interface Ran {
  readonly code: number;
  readonly stderr: string;
  readonly dir: string;
}

async function run(content: string, ...args: string[]): Promise<Ran> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-odd-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'orders.csv'), content);
  const stderr = new PassThrough();
  const io = { env: {}, stdout: new PassThrough(), stderr, isTerminal: false };
  const code = await runCli(
    [args[0], '--orders', join(dir, 'orders.csv'), '--out', join(dir, 'out'), ...args.slice(1)],
    io,
  );
  return { code, stderr: String(stderr.read() ?? ''), dir };
}

const train = (content: string): Promise<Ran> => run(content, 'train', '--until', day(480));
const backtest = (content: string): Promise<Ran> =>
  run(content, 'backtest', '--cut', day(480), '--horizon', '90', '--model', shippedModelDir);

const weekly = Array.from({ length: 68 }, (_, week) => week * 7);

describe('train', () => {
  it.each([
    [
      'nobody who ever left',
      rowsOf(20, weekly),
      /every customer bought again within 90 days, so there is no churn to learn from; give orders of more customers or a longer history/,
    ],
    [
      'nobody who ever came back',
      rowsOf(20, [0]) + rowsOf(1, [470]).replaceAll('c0', 'other'),
      /no customer bought again within 90 days, so everybody counts as churned; check that timestamps are mapped rightly/,
    ],
    ['orders that all lie in the future', rowsOf(20, [500, 600]), /No order lies before --until; set a later day/],
    [
      'a file that ends long before --until',
      rowsOf(20, weekly.slice(0, 30)),
      /The last order before --until is of .*, so everybody would seem to have stopped buying; set --until to the day after it/,
    ],
    ['a history that is too short', rowsOf(20, weekly.slice(-10)), /span 74 days; training needs 390/],
    ['one customer', rowsOf(1, weekly), /of one customer only; check that customer_id is mapped to the right column/],
    ['a file without rows', header, /holds no orders/],
    [
      'amounts in several currencies',
      `customer_id,timestamp,amount,Currency\nc1,${day(1)},5,GBP\nc2,${day(2)},5,EUR\nc2,${day(3)},5,\n`,
      /amounts in several currencies \(EUR, GBP\); convert them to one, or give a file for each/,
    ],
    [
      'amounts that are no numbers',
      `${header}c1,${day(1)},NaN,web\nc2,${day(2)},5,web\n`,
      /row 2: the amount is not a decimal number/,
    ],
  ])('ends with 1 and says what to do about %s', async (_what, content, says) => {
    const { code, stderr } = await train(content.startsWith('customer_id') ? content : header + content);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.ts:/);
    expect(code).toBe(1);
  });
});

describe('backtest', () => {
  it('takes what is odd but may be true, says how much of it there is, and gives everybody finite figures', async () => {
    const odd = [
      `whale,${day(100)} 10:00:00,77183.60,web`,
      `whale,${day(100)} 10:16:00,-77183.60,web`,
      `zero,${day(200)},0,web`,
      `returns,${day(210)},-12.50,web`,
      `twice,${day(300)},20,web`,
      `twice,${day(300)},20,web`,
      `later,${day(900)},5,web`,
      `later,${day(300)},5,web`,
    ];
    const content = `${header}${odd.join('\n')}\n${rowsOf(5, weekly.toReversed())}`;
    const { code, stderr, dir } = await backtest(content);
    expect(stderr).toMatch(/Noticed 1 rows alike in customer, day and amount/);
    expect(stderr).toMatch(/Noticed 1 rows over an amount of 0/);
    expect(stderr).toMatch(/Noticed 1 rows cancelled in full on their day/);
    expect(stderr).toMatch(/Noticed 1 rows that are cancellations of somebody without an order/);
    expect(stderr).toMatch(/Left out 1 orders from/);
    expect(code).toBe(0);
    const [, ...lines] = (await readFile(join(dir, 'out'), 'utf8')).trimEnd().split('\n');
    const figures = new Map(lines.map((line) => [line.split(',')[0], line.split(',').slice(1).map(Number)]));
    expect([...figures.keys()].sort()).toEqual([
      'c0',
      'c1',
      'c2',
      'c3',
      'c4',
      'later',
      'returns',
      'twice',
      'whale',
      'zero',
    ]);
    for (const [customer, row] of figures) expect(row.every(Number.isFinite), customer).toBe(true);

    const sorted = `${header}${[...odd, ...rowsOf(5, weekly).trimEnd().split('\n')].sort().join('\n')}\n`;
    const again = await backtest(sorted);
    expect(await readFile(join(again.dir, 'out'), 'utf8')).toBe(await readFile(join(dir, 'out'), 'utf8'));
  });
});
