import { describe, expect, it } from 'vitest';
import { decodeWorkState, emptyWorkState, encodeWorkState, foldWork } from '../../bench/scorer/same-work/work-state.ts';
import { createWorkNetwork, workWeights } from '../../bench/scorer/same-work/work-network.ts';

describe('the state of the same work', () => {
  it('is 900 bytes and a mark, and reads back as it was written', () => {
    const state = emptyWorkState();
    foldWork(state, 12.5, Date.UTC(2026, 0, 5));
    foldWork(state, 7, Date.UTC(2026, 0, 9));
    state.mark = { epoch: 1, partition: 3, offset: 2 ** 40 };
    state.padding.fill(7);
    const bytes = encodeWorkState(state);
    expect(bytes.length).toBe(900 + 16);
    expect(decodeWorkState(bytes, 2)).toEqual(state);
  });

  it('without a mark reads back without one', () => {
    const state = emptyWorkState();
    expect(decodeWorkState(encodeWorkState(state), 0)).toEqual(state);
  });

  it('rolls each feature by the size of the amount and the day', () => {
    const state = emptyWorkState();
    // noon of 1970-01-06, five and a half days in
    foldWork(state, Math.E - 1, 5.5 * 86_400_000);
    expect(state).toMatchObject({ version: 1, count: 1, sum: Math.E - 1, lastOccurredAt: 5.5 * 86_400_000 });
    expect(state.features[4]).toBeCloseTo(0.05 * Math.cos(9.5), 6);
    foldWork(state, 0, 5.5 * 86_400_000 + 2);
    expect(state.features[4]).toBeCloseTo(0.95 * 0.05 * Math.cos(9.5), 6);
  });
});

describe('the net of the same work', () => {
  it('answers two probabilities per row as the layers say', async () => {
    const predict = await createWorkNetwork();
    const row = Float32Array.from({ length: 32 }, (_, i) => Math.sin(i));
    const expected = naiveForward(row);
    const outputs = predict(2, Float32Array.from([...new Float32Array(32), ...row]));
    expect([...outputs.subarray(0, 2)]).toEqual([0.5, 0.5]);
    expect(outputs[2]).toBeCloseTo(expected[0], 5);
    expect(outputs[3]).toBeCloseTo(expected[1], 5);
  });
});

function naiveForward(row: Float32Array): number[] {
  let values = [...row];
  workWeights().forEach(({ inputs, units, kernel }, layer) => {
    values = Array.from({ length: units }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum += values[i] * kernel[i * units + j];
      return layer === 2 ? 1 / (1 + Math.exp(-sum)) : Math.max(0, sum);
    });
  });
  return values;
}
