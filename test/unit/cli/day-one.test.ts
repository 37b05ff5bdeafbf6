import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { readPromotion } from '../../../services/platform/runtime/promotion-file.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedDayOneDir, shippedModelDir } from '../../support/model-copy.ts';
import { makeSyntheticOrders, toOrdersCsv } from '../../support/synthetic-orders.ts';

// Fitting and training compute for seconds, on a busy machine for a minute; that is no fault.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let dir = '';
const at = (name: string): string => join(dir, name);
const dayOf = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

const orders = makeSyntheticOrders({ customers: 120, days: 480, seed: 17 });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-day-one-cli-'));
  await writeFile(at('orders.csv'), toOrdersCsv(orders));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const trainFrom = (day: number, out: string, from = shippedDayOneDir, ...more: string[]) =>
  run('train', '--from', from, '--orders', at('orders.csv'), '--until', dayOf(day), '--out', at(out), '--seeds', '2', '--epochs', '2', ...more); // prettier-ignore

describe('train --from', () => {
  it('adapts to a history that is too short to train on', async () => {
    const { code, stdout, stderr } = await trainFrom(200, 'retention/1');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/day-one\/1 adapted to 200 days of history, of 390/);
    const model = await loadModel(at('retention/1'));
    expect(model.manifest).toMatchObject({ name: 'retention', version: '1', currency: 'GBP' });
    model.dispose();
    expect(await readFile(at('retention/1/README.md'), 'utf8')).toMatch(/train --orders orders.csv .* --from models\/day-one\/1/); // prettier-ignore
  });

  it('leaves no record and no report of the model that it replaces', async () => {
    expect((await trainFrom(200, 'retention/7')).code).toBe(0);
    const none = { difference: 0, low: 0, high: 0 };
    const held = { promoted: false, against: 'retention/1', measuredAt: '2024-01-01', rows: 1, auc: none, logLoss: none, forced: null }; // prettier-ignore
    await writeFile(at('retention/7/promotion.json'), JSON.stringify(held));
    await writeFile(at('retention/7/report.html'), 'of another model');
    expect((await trainFrom(210, 'retention/7', shippedDayOneDir, '--overwrite')).code).toBe(0);
    expect(await readPromotion(at('retention/7'))).toBeNull();
    expect(await readdir(at('retention/7'))).not.toContain('report.html');
  });

  it('trains on, where the history is long enough, with the inputs it began with', async () => {
    const { code, stdout } = await trainFrom(480, 'retention/2');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/AUC 90 days/) as string });
    const model = await loadModel(at('retention/2'));
    const begun = JSON.parse(await readFile(join(shippedDayOneDir, 'manifest.json'), 'utf8')) as typeof model.manifest;
    expect(model.manifest.inputs.map(({ name }) => name)).toEqual(begun.inputs.map(({ name }) => name));
    expect(model.manifest.inputs.some(({ scale, unit }) => scale === 'medianOrder' && unit !== 1)).toBe(true);
    model.dispose();
  });

  it('wants a model for any shop', async () => {
    const { code, stderr } = await trainFrom(200, 'retention/3', shippedModelDir);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is the model of one shop; give one that was made for no shop/);
  });
});

describe('train --day-one', () => {
  it.each([
    ['where the model goes', [], /--out DIR/],
    ['the first day it may not look at', ['--out', 'x', '--orders', 'orders.csv'], /--until YYYY-MM-DD/],
    ['shops', ['--out', 'x', '--shops', '3'], /--shops "3" is not a whole number from 10/],
  ])('asks for %s', async (_what, args, said) => {
    const { code, stderr } = await run('train', '--day-one', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});

describe('backtest --compare', () => {
  const backtest = (cut: number) =>
    run('backtest', '--model', shippedDayOneDir, '--orders', at('orders.csv'), '--cut', dayOf(cut), '--horizon', '90', '--out', at('preds.csv'), '--compare'); // prettier-ignore

  it('measures the model next to a BG/NBD fitted on the same orders', async () => {
    const { code, stdout } = await backtest(300);
    expect(code).toBe(0);
    const active = new Set(orders.filter(({ day, amountMinor }) => day < 300 && amountMinor >= 0).map(({ customer }) => customer)); // prettier-ignore
    expect(stdout).toContain(`Measured on ${active.size} customers`);
    const [, ours, theirs, difference, low, high] = /AUC +([\d.]+) +([\d.]+) +(-?[\d.]+) +\[(-?[\d.]+), (-?[\d.]+)\]/.exec(stdout)!.map(Number); // prettier-ignore
    expect(ours - theirs).toBeCloseTo(difference, 3);
    expect(low).toBeLessThanOrEqual(difference);
    expect(high).toBeGreaterThanOrEqual(difference);
    expect(Math.min(ours, theirs)).toBeGreaterThan(0.6);
  });

  it('says that the orders end too early to measure anything', async () => {
    const { code, stderr } = await backtest(470);
    expect(code).toBe(1);
    expect(stderr).toMatch(/orders end before the 90 days after --cut do/);
  });
});
