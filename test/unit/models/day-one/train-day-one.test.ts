import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { predictWithModel } from '../../../../models/backtest/predict-with-model.ts';
import { adaptModel } from '../../../../models/training/day-one/adapt-model.ts';
import { readDayOneModel } from '../../../../models/training/day-one/day-one-model.ts';
import type { DayOneRequest } from '../../../../models/training/day-one/day-one-request.ts';
import { trainDayOne } from '../../../../models/training/day-one/train-day-one.ts';
import { writeAdapted } from '../../../../models/training/day-one/write-adapted.ts';
import { writeDayOne } from '../../../../models/training/day-one/write-day-one.ts';
import { groupOrders } from '../../../../models/training/order-history.ts';
import type { Order } from '../../../../models/training/order.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { aShop, stretchOrders } from '../../../support/day-one-orders.ts';
import { shippedDayOneDir, shippedModelDir } from '../../../support/model-copy.ts';

// Simulating, fitting and training compute for seconds, on a busy machine for a minute; that is no fault.
vi.setConfig({ testTimeout: 180_000 });

const frame = { until: 200, horizonDays: 90, currency: 'GBP', backend: 'wasm' as const };
const minorPerMajor = 100;

function request(overrides: Partial<DayOneRequest> = {}): DayOneRequest {
  const quiet = { say: () => undefined, phaseBegins: () => undefined, epochDone: () => undefined, phaseEnds: () => undefined }; // prettier-ignore
  return {
    shops: 3,
    real: null,
    until: 0,
    seeds: 1,
    seed: 1,
    epochs: 1,
    backend: 'wasm',
    progress: quiet,
    ...overrides,
  };
}

async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-day-one-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function trainInto(dir: string, wanted: DayOneRequest): Promise<string[]> {
  const label = { name: 'day-one', version: '9', source: 'orders.csv', command: 'tidewatch train --day-one' };
  await writeDayOne(dir, await trainDayOne(wanted), { label, request: wanted });
  const files = (await readdir(dir)).sort();
  return Promise.all(files.map(async (file) => `${file} ${await readFile(join(dir, file), 'base64')}`));
}

async function adaptInto(dir: string, orders: readonly Order[]): Promise<void> {
  const dayOne = (await readDayOneModel(shippedDayOneDir))!;
  const label = { name: 'retention', version: '1', source: 'orders.csv', command: 'tidewatch train --from' };
  const adapted = { label, request: { ...frame, timezone: 'UTC' }, minorPerMajor };
  await writeAdapted(dir, dayOne, groupOrders(orders, frame.until)!, adapted);
}

describe('training a model for any shop', () => {
  it('gives the same bytes for the same request, with and without a real shop', async () => {
    const [a, b, other] = [await temporaryDirectory(), await temporaryDirectory(), await temporaryDirectory()];
    const first = await trainInto(a, request());
    expect(first.map((file) => file.split(' ')[0])).toEqual(['README.md', 'calibration.json', 'golden.json', 'manifest.json', 'model.json', 'weights.bin']); // prettier-ignore
    expect(await trainInto(b, request())).toEqual(first);
    const real = { source: 'orders.csv', orders: aShop(400), minorPerMajor };
    expect(await trainInto(other, request({ real, until: 400 }))).not.toEqual(first);
  });

  it('says what to do where the real shop is too young', async () => {
    const real = { source: 'orders.csv', orders: aShop(100), minorPerMajor };
    await expect(trainDayOne(request({ real, until: 100 }))).rejects.toThrow(/span less than 150 days/);
  });
});

describe('the shipped model for any shop', () => {
  it('is not served before it has been adapted', async () => {
    await expect(loadModel(shippedDayOneDir)).rejects.toThrow(/no shop in particular.*train --from/);
    expect(await readDayOneModel(shippedModelDir)).toBeNull();
  });

  it('is refused when its golden vectors, weights or inputs are not those it was made with', async () => {
    const dir = await temporaryDirectory();
    await cp(shippedDayOneDir, dir, { recursive: true });
    const manifest = join(dir, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"scale": "rhythm"', '"scale": "medianOrder"'));
    await expect(readDayOneModel(dir)).rejects.toThrow(/inputs do not match hashes.inputs/);
    await writeFile(manifest, text);
    const weights = await readFile(join(dir, 'weights.bin'));
    weights.writeFloatLE(weights.readFloatLE(0) + 0.1, 0);
    await writeFile(join(dir, 'weights.bin'), weights);
    await expect(readDayOneModel(dir)).rejects.toThrow(/weights.bin is not the file/);
  });

  it("becomes a shop's model that loads on both backends and predicts as the backtest does", async () => {
    const dir = await temporaryDirectory();
    const orders = aShop();
    await adaptInto(dir, orders);
    for (const backend of ['wasm', 'cpu'] as const) (await loadModel(dir, { backend })).dispose();
    const { predictions: stored } = await predictWithModel(dir, orders, frame, null);
    const { predictions: adaptedNow } = await predictWithModel(shippedDayOneDir, orders, frame, null);
    expect(stored).toHaveLength(adaptedNow.length);
    const pairs = stored.map((one, i) => [one.churn - adaptedNow[i].churn, Math.log(one.spendMean / adaptedNow[i].spendMean)]); // prettier-ignore
    expect(Math.max(...pairs.flat().map(Math.abs))).toBeLessThan(1e-6);
  });

  it('says the same of a shop in another currency, and the spend in it', async () => {
    const orders = aShop();
    const dear = stretchOrders(orders, { money: 40, time: 1 });
    const { predictions: one } = await predictWithModel(shippedDayOneDir, orders, frame, null);
    const { predictions: other } = await predictWithModel(shippedDayOneDir, dear, frame, null);
    const apart = one.map((prediction, i) => [
      other[i].churn - prediction.churn,
      Math.log(other[i].spendMean / prediction.spendMean / 40),
      other[i].purchaseDays - prediction.purchaseDays,
    ]);
    expect(Math.max(...apart.flat().map(Math.abs))).toBeLessThan(1e-3);
  });

  it('sees nothing of the days after the cut', async () => {
    const all = await predictWithModel(shippedDayOneDir, aShop(400), frame, null);
    const before = aShop(400).filter(({ day }) => day < frame.until);
    expect(await predictWithModel(shippedDayOneDir, before, frame, null)).toEqual(all);
  });

  it('predicts for a shop of one customer who bought once, for whom it knows nothing, and for other horizons', async () => {
    const [first] = aShop();
    const opened = [{ ...first, day: frame.until - 1 }];
    const { predictions } = await predictWithModel(shippedDayOneDir, opened, frame, [first.customer, 'nobody']);
    const { predictions: far } = await predictWithModel(
      shippedDayOneDir,
      aShop(),
      { ...frame, horizonDays: 200 },
      null,
    );
    for (const { customer: _id, ...figures } of [...predictions, ...far]) {
      expect(Object.values(figures).every((figure) => Number.isFinite(figure) && figure >= 0)).toBe(true);
    }
  });

  it('is calibrated by a closed form of the shop only, not by a typical one', async () => {
    const dayOne = (await readDayOneModel(shippedDayOneDir))!;
    const adapt = (orders: readonly Order[], until: number) => adaptModel(dayOne, groupOrders(orders, until)!, { until, minorPerMajor }); // prettier-ignore
    expect(adapt(aShop().slice(0, 1), 200)).toMatchObject({ shop: { isOwn: false }, calibration: { b: 0 } });
    const own = adapt(aShop(), 200);
    expect(own.shop.isOwn).toBe(true);
    expect(own.calibration.b).not.toBe(0);
  });
});
