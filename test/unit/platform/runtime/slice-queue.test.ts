import { describe, expect, it } from 'vitest';
import type { Sliced } from '../../../../services/core/sliced.ts';
import { createSliceQueue } from '../../../../services/platform/runtime/slice-queue.ts';

describe('a queue of sliced work', () => {
  it('does one piece after the other, and lets others have their turn between slices', async () => {
    const seen: string[] = [];
    function* piece(name: string, slices: number): Sliced<string> {
      for (let slice = 1; slice <= slices; slice++) {
        seen.push(`${name}${slice}`);
        yield;
      }
      return name;
    }
    const { run } = createSliceQueue(2);
    const results = Promise.all([run(() => piece('a', 3)), run(() => piece('b', 2))]);
    setImmediate(() => seen.push('other'));
    expect(await results).toEqual(['a', 'b']);
    expect(seen.filter((name) => name !== 'other')).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    expect(seen.indexOf('other')).toBeLessThan(seen.indexOf('a3'));
  });

  it('refuses what is beyond its limit with a fault that passes, and goes on after a piece that fails', async () => {
    const { run } = createSliceQueue(1);
    const failing = run(function* () {
      throw new Error('broken');
    });
    const late = run(function* () {
      return 1;
    });
    await expect(late).rejects.toMatchObject({ code: 'ERR_OVERLOADED', retryable: true });
    await expect(failing).rejects.toThrow('broken');
    expect(await run(function* () { return 2; })).toBe(2); // prettier-ignore
  });
});
