import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelScorer } from '../../../../services/core/ports/model-scorer.ts';
import { useBackend } from '../../../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';

let scorer: ModelScorer;
let width: number;

beforeAll(async () => {
  scorer = await loadModel(shippedModelDir);
  width = scorer.manifest.inputs.length;
});
afterAll(() => scorer.dispose());

function rowsOf(count: number): Float32Array {
  return Float32Array.from({ length: count * width }, (_, i) => Math.sin(i * 12.9898) * 4);
}

describe('predicting', () => {
  it('leaks no tensor over a thousand calls, throwing ones among them', () => {
    const inputs = rowsOf(64);
    scorer.predict(64, inputs);
    const before = memory().numTensors;
    let thrown = 0;
    for (let i = 0; i < 1000; i++) {
      const isBroken = i % 10 === 3;
      try {
        // a whole number of rows is asked for, but the buffer ends in the middle of one
        if (isBroken) scorer.predict(8, inputs.subarray(0, 8 * width - 1));
        else scorer.predict(1 + (i % 64), inputs);
      } catch {
        thrown += 1;
      }
    }
    expect(thrown).toBe(100);
    expect(memory().numTensors).toBe(before);
  });

  it('leaks no tensor when the computation itself throws', () => {
    const before = memory().numTensors;
    expect(() => scorer.predict(2.5, rowsOf(3))).toThrow();
    expect(memory().numTensors).toBe(before);
  });

  it('names a buffer that is too short', () => {
    expect(() => scorer.predict(3, rowsOf(2))).toThrow(expect.objectContaining({ code: 'ERR_MODEL_INPUT' }));
  });

  it('gives nothing for no rows', () => {
    expect(scorer.predict(0, new Float32Array(0))).toEqual(new Float32Array(0));
  });

  it('ignores what lies behind the rows it was asked for', () => {
    const inputs = rowsOf(600);
    expect(scorer.predict(5, inputs)).toEqual(scorer.predict(5, inputs.slice(0, 5 * width)));
  });

  it('does not change its inputs and gives a buffer of its own each time', () => {
    const inputs = rowsOf(4);
    const copy = inputs.slice();
    const first = scorer.predict(4, inputs);
    const kept = first.slice();
    scorer.predict(4, rowsOf(8).subarray(4 * width));
    expect(inputs).toEqual(copy);
    expect(first).toEqual(kept);
  });

  it('refuses to compute on another backend than the one it was loaded for', async () => {
    await useBackend('cpu');
    try {
      expect(() => scorer.predict(1, rowsOf(1))).toThrow(expect.objectContaining({ code: 'ERR_MODEL_MISMATCH' }));
    } finally {
      await useBackend('wasm');
    }
  });
});
