import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Order } from '../../../models/training/order.ts';
import { trainModel } from '../../../models/training/train-model.ts';
import type { TrainRequest } from '../../../models/training/train-request.ts';
import type { EpochDone } from '../../../models/training/training-progress.ts';
import { assertFreeDirectory, writeArtefact } from '../../../models/training/write-artefact.ts';
import { validateManifest } from '../../../services/core/scoring/validate-manifest.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { availableBackends, useBackend } from '../../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

const days = 480;
const orders = makeSyntheticOrders({ customers: 120, days, seed: 11 });
const label = { name: 'retention', version: '7', source: 'orders.csv', command: 'tidewatch train' };

function request(overrides: Partial<TrainRequest> = {}): TrainRequest {
  return {
    until: days,
    horizonDays: 90,
    timezone: 'UTC',
    currency: 'GBP',
    seeds: 2,
    seed: 1,
    epochs: 2,
    backend: 'wasm',
    progress: {
      say: () => undefined,
      phaseBegins: () => undefined,
      epochDone: () => undefined,
      phaseEnds: () => undefined,
    },
    ...overrides,
  };
}

async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-train-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function trainInto(dir: string, from: readonly Order[], wanted: TrainRequest): Promise<Map<string, string>> {
  await writeArtefact(dir, await trainModel(from, wanted), { label, request: wanted });
  const files = (await readdir(dir)).sort();
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(dir, file), 'base64')] as const)),
  );
}

describe('training a model', () => {
  it('makes a directory that loads on every backend', async () => {
    const dir = await temporaryDirectory();
    const files = await trainInto(dir, orders, request());
    expect([...files.keys()]).toEqual([
      'README.md',
      'calibration.json',
      'golden.json',
      'manifest.json',
      'model.json',
      'report.html',
      'weights.bin',
    ]);
    for (const backend of availableBackends()) {
      const scorer = await loadModel(dir, { backend });
      expect(validateManifest(scorer.manifest, { featureNames, digest: nodeDigest })).toEqual([]);
      expect(scorer.manifest).toMatchObject({ name: 'retention', version: '7', currency: 'GBP' });
      scorer.dispose();
    }
  });

  it('gives the same bytes for the same orders in any order, and others for another seed', async () => {
    const first = await trainInto(await temporaryDirectory(), orders, request());
    expect(await trainInto(await temporaryDirectory(), orders.toReversed(), request())).toEqual(first);
    const other = await trainInto(await temporaryDirectory(), orders, request({ seed: 2 }));
    expect(other.get('weights.bin')).not.toBe(first.get('weights.bin'));
  });

  it('does not look at anything from --until on', async () => {
    const later: Order[] = Array.from({ length: 200 }, (_, i) => ({
      customer: `c${i}`,
      day: days + i,
      amountMinor: 1e6,
    }));
    const first = await trainInto(await temporaryDirectory(), orders, request());
    expect(await trainInto(await temporaryDirectory(), [...orders, ...later], request())).toEqual(first);
  });

  it('tells the figures next to those that need no model', async () => {
    const { figures, plan } = await trainModel(orders, request({ epochs: 8 }));
    expect(Object.values(figures).every(Number.isFinite)).toBe(true);
    expect(figures['auc90']).toBeGreaterThan(0.6);
    expect(plan.newest).toBe(days - 90);
  });

  it('reports each epoch of every phase, at most as many as announced', async () => {
    const announced = new Map<string, number>();
    const done: EpochDone[] = [];
    const progress = {
      ...request().progress,
      phaseBegins: (phase: string, epochs: number) => void announced.set(phase, epochs),
      epochDone: (epoch: EpochDone) => void done.push(epoch),
    };
    await trainModel(orders, request({ progress }));
    expect([...announced.keys()]).toEqual(['probe', 'rehearsal', 'final']);
    for (const [phase, epochs] of announced) expect(done.filter((each) => each.phase === phase)).toHaveLength(epochs);
  });

  it('leaves no tensor behind', async () => {
    await useBackend('wasm');
    const before = memory().numTensors;
    await trainInto(await temporaryDirectory(), orders, request({ epochs: 1 }));
    expect(memory().numTensors).toBe(before);
  });

  const faithful = (customers: number): Order[] =>
    Array.from({ length: customers * 48 }, (_, i) => ({
      customer: `c${i % customers}`,
      day: Math.floor(i / customers) * 10,
      amountMinor: 500,
    }));
  it.each<[string, readonly Order[], number, RegExp]>([
    ['no order before the day', orders, -1, /No order lies before --until/],
    ['one customer only', orders.filter(({ customer }) => customer === 'c1'), days, /one customer only/],
    ['too short a history', orders, 300, /span 300 days; training needs 390/],
    ['a day long after the last order', orders, days + 100, /The last order before --until is of/],
    ['nobody who stops', faithful(20), days, /every customer bought again.*no churn to learn from/],
    [
      'nobody who comes back',
      faithful(20).filter(({ day }) => day <= 260 || day >= 470),
      days,
      /no customer bought again/,
    ],
  ])('says what to do about %s', async (_what, from, until, expected) => {
    const training = trainModel(from, request({ until }));
    await expect(training).rejects.toMatchObject({ code: 'ERR_DATA_FILE', message: expect.stringMatching(expected) });
  });
});

describe('the directory of a new model', () => {
  it('may be missing or empty', async () => {
    const dir = await temporaryDirectory();
    await assertFreeDirectory(dir, false);
    await assertFreeDirectory(join(dir, 'new', '1'), false);
  });

  it('is not overwritten unless that is asked for', async () => {
    const dir = await temporaryDirectory();
    await writeFile(join(dir, 'manifest.json'), '{}');
    await expect(assertFreeDirectory(dir, false)).rejects.toThrow(/is not empty.*--overwrite/);
    await assertFreeDirectory(dir, true);
  });

  it('must not be a file', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    await expect(assertFreeDirectory(file, true)).rejects.toMatchObject({ code: 'ERR_USAGE' });
  });
});
