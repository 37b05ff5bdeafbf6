import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

const orders = makeSyntheticOrders({ customers: 80, days: 480, seed: 7 });
const firstDay = Date.parse('2025-01-01') / 86_400_000;
const dayOf = (day: number): string => new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10);
const afterNewest = dayOf(Math.max(...orders.map(({ day }) => day)) + 1);
let dir = '';
const at = (name: string): string => join(dir, name);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function rowsOf(name: string): Promise<Record<string, string>[]> {
  return parse(await readFile(at(name), 'utf8'), { columns: true });
}

const source = () => ['--orders', at('orders.csv'), '--model', shippedModelDir];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-score-'));
  const lines = orders.map(({ customer, day, amountMinor }) => `${customer},${dayOf(day)},${amountMinor / 100}`);
  await writeFile(at('orders.csv'), `customer_id,timestamp,amount\n${lines.join('\n')}\n`);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('score --orders', () => {
  it('says of everybody what a backtest on the day after the newest order says', async () => {
    expect(await run('score', ...source(), '--out', at('now.csv'))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`customers scored as of ${afterNewest}`) as string,
    });
    const past = await run('backtest', ...source(), '--cut', afterNewest, '--horizon', '90', '--out', at('past.csv'));
    expect(past.code).toBe(0);
    const scored = await rowsOf('now.csv');
    const shared = scored.map(({ level: _level, p_churn_30: _30, p_churn_60: _60, ...row }) => row);
    expect(shared).toEqual(await rowsOf('past.csv'));
    expect(new Set(scored.map(({ level }) => level)).size).toBeGreaterThan(1);
    for (const row of scored) {
      expect(Number(row['p_churn_30'])).toBeGreaterThanOrEqual(Number(row['p_churn_60']));
      expect(Number(row['p_churn_60'])).toBeGreaterThanOrEqual(Number(row['p_churn']));
    }
  });

  it('tells why those at risk are at risk, in two languages, as explain does', async () => {
    await writeFile(at('two.csv'), `customer_id\n${orders[0].customer}\nnever-seen\n`);
    const cut = dayOf(450);
    const args = ['--cut', cut, '--customers', at('two.csv'), '--reasons', '--out', at('why.csv')];
    expect(await run('score', ...source(), ...args)).toMatchObject({ code: 0 });
    const rows = await rowsOf('why.csv');
    expect(rows.map((row) => row['customer_id'])).toEqual([orders[0].customer, 'never-seen']);
    const all = await run('score', ...source(), '--cut', cut, '--reasons', '--out', at('all.csv'));
    expect(all.code).toBe(0);
    const atRisk = (await rowsOf('all.csv')).filter(({ level }) => level !== 'none');
    expect(atRisk.length).toBeGreaterThan(0);
    for (const { reasons, reasons_zh: zh } of atRisk) expect([reasons, zh]).not.toContain('');
    const [{ customer_id: customer, reasons }] = atRisk;
    const explained = await run('explain', ...source(), '--customer', customer, '--cut', cut, '--json');
    const told = (JSON.parse(explained.stdout) as { reasons: { text: { en: string } }[] }).reasons;
    expect(reasons).toBe(told.map(({ text }) => text.en).join(' '));
  });

  it.each([
    [[], 2, /Name what to score/],
    [['--orders', 'a.csv', '--table', 'b.csv'], 2, /not both/],
    [['--orders', 'nowhere.csv'], 1, /nowhere\.csv does not exist/],
    [['--orders', 'nowhere.csv', '--cut', 'soon'], 2, /--cut/],
  ])('refuses %j with what to do', async (args, code, message) => {
    const result = await run('score', ...args, '--model', shippedModelDir, '--out', at('no.csv'));
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
  });
});
