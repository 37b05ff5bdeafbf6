import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { areaUnderCurve } from '../../../models/training/measures/area-under-curve.ts';
import type { Order } from '../../../models/training/order.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

// Training computes for seconds, on a busy machine for a minute; that is no fault.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const firstDay = Date.parse('2025-01-01') / 86_400_000;
const orders = makeSyntheticOrders({ customers: 200, days: 700, seed: 21 });
const odd: Order[] = [{ customer: 'only-cancelled', day: 480, amountMinor: -500 }];
let dir = '';
const at = (name: string): string => join(dir, name);
const dayOf = (day: number): string => new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['backtest', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

function csvOf(rows: readonly Order[]): string {
  const lines = rows.map(({ customer, day, amountMinor }) => `${customer},${dayOf(day)},${amountMinor / 100}`);
  return `who,ts,total\n${lines.join('\n')}\n`;
}

async function readRows(name: string): Promise<Map<string, number[]>> {
  const [header, ...lines] = (await readFile(at(name), 'utf8')).trimEnd().split('\n');
  expect(header).toBe('customer_id,p_churn,p_active,exp_spend,exp_spend_median,exp_n');
  return new Map(lines.map((line) => [line.split(',')[0], line.split(',').slice(1).map(Number)]));
}

const map = ['--map', 'customer_id=who,timestamp=ts,amount=total'];
const base = () => ['--orders', at('orders.csv'), ...map, '--seeds', '1', '--epochs', '6', '--out', at('preds.csv')];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-backtest-'));
  await writeFile(at('orders.csv'), csvOf([...orders, ...odd]));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function expectUsable(rows: ReadonlyMap<string, readonly number[]>): void {
  for (const [customer, [churn, active, mean, median, days]] of rows) {
    expect([churn, active, mean, median, days].every(Number.isFinite), customer).toBe(true);
    expect(churn + active).toBeCloseTo(1, 9);
    expect(Math.min(churn, active, mean, median, days), customer).toBeGreaterThanOrEqual(0);
  }
}

describe('backtest', () => {
  it('ranks who falls silent, from the orders before the cut alone, for everybody seen', async () => {
    const cut = 500;
    const { code, stdout, stderr } = await run(...base(), '--cut', dayOf(cut), '--horizon', '90');
    expect(stderr).toMatch(/Left out \d+ orders from/);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/\d+ customers predicted/) as string });
    const predicted = await readFile(at('preds.csv'), 'utf8');
    const rows = await readRows('preds.csv');
    expectUsable(rows);
    const before = new Set(orders.filter(({ day }) => day < cut).map(({ customer }) => customer));
    expect(new Set(rows.keys())).toEqual(new Set([...before, 'only-cancelled']));
    const after = new Set(orders.filter(({ day, amountMinor }) => day >= cut && day < cut + 90 && amountMinor >= 0).map(({ customer }) => customer)); // prettier-ignore
    const asked = [...before];
    const auc = areaUnderCurve(asked.map((customer) => rows.get(customer)![0]), asked.map((customer) => !after.has(customer))); // prettier-ignore
    expect(auc).toBeGreaterThan(0.65);

    await writeFile(at('before.csv'), csvOf([...orders.filter(({ day }) => day < cut), ...odd]));
    const alone = await run('--orders', at('before.csv'), ...map, '--seeds', '1', '--epochs', '6', '--out', at('alone.csv'), '--cut', dayOf(cut), '--horizon', '90'); // prettier-ignore
    expect(alone.code).toBe(0);
    expect(await readFile(at('alone.csv'), 'utf8')).toBe(predicted);
  });

  it('writes one finite row for each listed customer, in their order: strangers and those who only cancelled, too', async () => {
    const listed = ['nobody "quoted", twice', 'only-cancelled', orders[0].customer];
    await writeFile(at('list.csv'), `who\n"nobody ""quoted"", twice"\n${listed[1]}\n${listed[2]}\n`);
    const { code } = await run(...base(), '--cut', dayOf(500), '--horizon', '90', '--customers', at('list.csv'));
    expect(code).toBe(0);
    const lines = (await readFile(at('preds.csv'), 'utf8')).trimEnd().split('\n').slice(1);
    expect(lines).toHaveLength(3);
    expect(lines[0].startsWith('"nobody ""quoted"", twice",')).toBe(true);
    for (const line of lines) {
      const figures = line.slice(line.lastIndexOf('"') + 1).split(',').slice(1).map(Number); // prettier-ignore
      expect(figures).toHaveLength(5);
      expect(figures.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    ['nets with shorter windows', 300, /nets that look 60 days ahead/],
    ['a closed form alone', 150, /no nets/],
  ])('predicts on a short history by %s and a buy-till-you-die model', async (_what, cut, said) => {
    const { code, stderr } = await run(...base(), '--cut', dayOf(cut), '--horizon', '200');
    expect(stderr).toMatch(said);
    expect(code).toBe(0);
    expectUsable(await readRows('preds.csv'));
  });

  it('predicts with a model that is there, for its own horizon only', async () => {
    const args = [...base(), '--cut', dayOf(500), '--model', shippedModelDir];
    expect((await run(...args, '--horizon', '90')).code).toBe(0);
    expectUsable(await readRows('preds.csv'));
    const { code, stderr } = await run(...args, '--horizon', '30');
    expect(code).toBe(1);
    expect(stderr).toMatch(/looks 90 days ahead, not 30; give --horizon 90/);
  });

  it.each([
    ['of a model', 500, '90', ['--model', shippedModelDir]],
    ['of a closed form alone', 150, '200', []],
  ])('adds lifetime value with its interval on demand, from the figures %s', async (_what, cut, horizon, more) => {
    const args = [...base(), '--cut', dayOf(cut), '--horizon', horizon, ...more];
    expect((await run(...args)).code).toBe(0);
    const plain = (await readFile(at('preds.csv'), 'utf8')).trimEnd().split('\n');
    expect((await run(...args, '--clv')).code).toBe(0);
    const valued = (await readFile(at('preds.csv'), 'utf8')).trimEnd().split('\n');
    expect(valued[0]).toBe(`${plain[0]},clv_mean,clv_low,clv_high`);
    expect(valued.map((line) => line.split(',').slice(0, 6).join())).toEqual(plain);
    for (const line of valued.slice(1)) {
      const [spend, , , mean, low, high] = line.split(',').slice(3).map(Number);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(mean).toBeGreaterThanOrEqual(low);
      expect(high).toBeGreaterThanOrEqual(mean);
      expect(high).toBeLessThan(Infinity);
      if (more.length === 0) expect(mean).toBeGreaterThan(spend * 0.9);
    }
  });

  it('refuses lifetime value over fewer days than it predicts', async () => {
    const { code, stderr } = await run(...base(), '--cut', dayOf(150), '--horizon', '1000', '--clv');
    expect(stderr).toMatch(/--horizon 1000 looks further ahead than lifetime value.*913 days/s);
    expect(code).toBe(2);
  });

  it.each<[string, string, RegExp]>([
    ['no orders before the cut', csvOf(orders.filter(({ day }) => day > 600)), /No order lies before --cut/],
    ['an empty file', '', /holds no orders/],
    ['a file without a column', 'a,b\n1,2\n', /has no column "who"/],
    ['one customer', csvOf(orders.filter(({ customer }) => customer === orders[0].customer)), /one customer only/],
  ])('says what to do about %s', async (_what, content, said) => {
    await writeFile(at('bad.csv'), content);
    const { code, stderr } = await run('--orders', at('bad.csv'), ...map, '--cut', dayOf(500), '--horizon', '90', '--out', at('bad-out.csv')); // prettier-ignore
    expect(stderr).toMatch(said);
    expect(code).toBe(1);
  });
});
