import { describe, expect, it } from 'vitest';
import { blendClosedForm } from '../../../models/training/blend-closed-form.ts';
import { toHinges } from '../../../models/training/hinges.ts';
import { seededBits } from '../../../models/training/seeded-bits.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import type { ModelInput } from '../../../services/core/scoring/model-manifest.ts';
import { useBackend } from '../../../services/platform/tensorflow/backend.ts';
import { initialWeights } from '../../../services/platform/tensorflow/initial-weights.ts';
import { predictNetworks } from '../../../services/platform/tensorflow/predict-networks.ts';
import type { TrainingSet } from '../../../services/platform/tensorflow/training-set.ts';

const input = (name: string, mean: number, sd: number): ModelInput => ({ name, feature: name, transform: 'log1p', mean, sd, clip: 6 }); // prettier-ignore
const inputs = [input('recency_days', 3, 1), input('btyd_active', 0.35, 0.18), input('btyd_expected_spend', 4, 1.5)];
const coding = { inputs, closedForm: null, spendUnit: 1 };
const rows = 300;
const heads = modelOutputs.length;

function chanceOf(seed: number): () => number {
  const bits = seededBits(seed);
  return () => (bits() >>> 0) / 2 ** 32;
}

const active = Float64Array.from({ length: rows }, (_, i) => 0.01 + (0.98 * i) / rows);
const spend = Float64Array.from({ length: rows }, (_, i) => 1 + ((i * 37) % 500));

function trainingSet(): TrainingSet {
  const chance = chanceOf(1);
  const encoded = new Float32Array(rows * 3);
  for (let i = 0; i < rows; i++) {
    encoded.set([chance() * 4 - 2, (Math.log1p(active[i]) - 0.35) / 0.18, (Math.log1p(spend[i]) - 4) / 1.5], i * 3);
  }
  return { rows, inputs: encoded, targets: new Float32Array(rows * 6) };
}

const nets = [1, 2, 3].map((seed) => initialWeights([3, 64, 32, heads], [1, 0, 0, 2, 0, 0, 3], seededBits(seed)));

async function blended() {
  await useBackend('cpu');
  const set = trainingSet();
  const plain = predictNetworks(nets, rows, set.inputs);
  return { plain, made: predictNetworks(blendClosedForm(nets, coding, set), rows, set.inputs) };
}

describe('blending nets with the closed form', () => {
  it('gives a quarter of the logit of P(active) to churn, and half of the expected spend to spend', async () => {
    const { plain, made } = await blended();
    const column = (of: ArrayLike<number>, head: number) =>
      Array.from({ length: rows }, (_, i) => of[i * heads + head]);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const logits = [...active].map((p) => Math.log((1 - p) / p));
    for (const head of [0, 1, 2]) {
      const was = column(plain, head);
      const is = column(made, head);
      expect(mean(is)).toBeCloseTo(mean(was), 3);
      is.forEach((value, i) => {
        const expected = 0.75 * was[i] + 0.25 * (mean(was) + logits[i] - mean(logits));
        expect(Math.abs(value - expected)).toBeLessThan(0.02);
      });
    }
    const logSpend = modelOutputs.indexOf('logSpend');
    column(made, logSpend).forEach((value, i) => {
      expect(value).toBeCloseTo((plain[i * heads + logSpend] + Math.log1p(spend[i])) / 2, 3);
    });
  });

  it('leaves the other heads as they are', async () => {
    const { plain, made } = await blended();
    for (const name of ['spendMu', 'spendSigma', 'logRate'] as const) {
      const head = modelOutputs.indexOf(name);
      for (let i = 0; i < rows; i++) expect(made[i * heads + head]).toBeCloseTo(plain[i * heads + head], 4);
    }
  });

  it('leaves all as it is where there is no closed form', () => {
    const bare = { ...coding, inputs: inputs.slice(0, 1) };
    expect(blendClosedForm(nets, bare, trainingSet())).toBe(nets);
  });
});

describe('hinges', () => {
  it('go through their points, flat before them and straight on behind them', () => {
    const { valueAt } = toHinges([{ x: 0, y: 1 }, { x: 1, y: 3 }, { x: 3, y: 2 }]); // prettier-ignore
    expect([-5, 0, 0.5, 1, 2, 3, 5].map(valueAt)).toEqual([1, 1, 2, 3, 2.5, 2, 1]);
  });
});
