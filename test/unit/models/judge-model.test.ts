import { describe, expect, it } from 'vitest';
import { compareProbabilities } from '../../../models/promotion/judge-model.ts';
import { seededBits } from '../../../models/training/seeded-bits.ts';
import { sigmoid } from '../../../services/core/scoring/sigmoid.ts';

const bits = seededBits(9);
const chance = (): number => (bits() >>> 0) / 2 ** 32;
const logits = Array.from({ length: 1500 }, () => 4 * chance() - 2);
const labels = logits.map((logit) => chance() < sigmoid(logit));
const truth = logits.map(sigmoid);
const blurred = (by: number): number[] => logits.map((logit) => sigmoid(logit + by * (chance() - 0.5)));

describe('comparing a new model with the one in service', () => {
  it('finds no difference of a model from itself', () => {
    const { promoted, auc, logLoss } = compareProbabilities(truth, truth, labels);
    expect({ promoted, auc, logLoss }).toEqual({
      promoted: true,
      auc: { difference: 0, low: 0, high: 0 },
      logLoss: { difference: 0, low: 0, high: 0 },
    });
  });

  it('holds back what ranks worse', () => {
    const { promoted, auc } = compareProbabilities(blurred(6), truth, labels);
    expect(auc.high).toBeLessThan(0);
    expect(promoted).toBe(false);
    expect(compareProbabilities(truth, blurred(6), labels).promoted).toBe(true);
  });

  it('holds back what ranks alike and says wrong probabilities', () => {
    const tooSure = logits.map((logit) => sigmoid(3 * logit + 1));
    const { promoted, auc, logLoss } = compareProbabilities(tooSure, truth, labels);
    expect(auc.difference).toBe(0);
    expect(logLoss.low).toBeGreaterThan(0);
    expect(promoted).toBe(false);
  });

  it('does not hold back for what chance explains', () => {
    const { promoted, auc } = compareProbabilities(blurred(0.3), truth, labels);
    expect(auc.low).toBeLessThan(0);
    expect(auc.high).toBeGreaterThan(0);
    expect(promoted).toBe(true);
  });
});
