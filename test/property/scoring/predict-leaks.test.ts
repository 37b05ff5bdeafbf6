import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelScorer } from '../../../services/core/ports/model-scorer.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { runs } from '../../support/property-runs.ts';

/** 1,000 in a normal run, 50,000 when everything is proved. */
const calls = runs(1_000);
const largest = 64;
/** Of memory that stays taken, over the last two thirds of the calls. A leaked call of 64 rows keeps some 10 KB. */
const mostBytesPerCall = 1_024;

let scorer: ModelScorer;

beforeAll(async () => void (scorer = await loadModel(shippedModelDir)));
afterAll(() => scorer.dispose());

function predictMany(from: number, to: number, inputs: Float32Array): number {
  const width = scorer.manifest.inputs.length;
  let thrown = 0;
  for (let i = from; i < to; i++) {
    const rows = 1 + (i % largest);
    // Every tenth buffer ends in the middle of a row.
    const end = i % 10 === 3 ? rows * width - 1 : rows * width;
    try {
      scorer.predict(rows, inputs.subarray(0, end));
    } catch {
      thrown += 1;
    }
  }
  return thrown;
}

describe('very many predictions, throwing ones among them', () => {
  it('leave no tensor behind, and no memory that grows with their number', () => {
    const inputs = Float32Array.from({ length: largest * scorer.manifest.inputs.length }, (_, i) => Math.sin(i) * 4);
    const settled = Math.ceil(calls / 3);
    const before = memory().numTensors;
    let thrown = predictMany(0, settled, inputs);
    const rss = process.memoryUsage.rss();
    thrown += predictMany(settled, calls, inputs);
    const grown = process.memoryUsage.rss() - rss;
    expect(thrown).toBe(Math.floor((calls + 6) / 10));
    expect(memory().numTensors).toBe(before);
    // A collector that has not run yet may hold a few tens of megabytes, however many calls there were.
    expect(grown).toBeLessThan(48 * 1024 * 1024 + mostBytesPerCall * (calls - settled));
  });
});
