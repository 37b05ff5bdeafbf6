import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { retryWhileRetryable } from '../../../../services/platform/runtime/retry.ts';

const passing = new EngineError('ERR_STORE_UNAVAILABLE', 'busy', { retryable: true });
const final = new EngineError('ERR_STATE_CORRUPT', 'broken', { retryable: false });
const quick = { minDelayMs: 1, maxDelayMs: 2 };

function failing(...errors: Error[]) {
  let calls = 0;
  const work = (): Promise<string> => {
    const error = errors[calls++];
    return error === undefined ? Promise.resolve('done') : Promise.reject(error);
  };
  return { work, calls: () => calls };
}

describe('retryWhileRetryable', () => {
  it('repeats until it succeeds and tells of each repetition', async () => {
    const { work, calls } = failing(passing, passing);
    const told: number[] = [];
    const result = await retryWhileRetryable(work, { ...quick, onRetry: (_error, attempt) => void told.push(attempt) });
    expect([result, calls(), told]).toEqual(['done', 3, [1, 2]]);
  });

  it.each([
    ['a final engine error', final],
    ['a type error', new TypeError('bug')],
    ['any other error', new Error('unknown')],
  ])('does not repeat %s', async (_what, error) => {
    const { work, calls } = failing(error);
    await expect(retryWhileRetryable(work, quick)).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  it('gives up after the given number of repetitions with the last error', async () => {
    const { work, calls } = failing(passing, passing, passing, passing);
    await expect(retryWhileRetryable(work, { ...quick, retries: 2 })).rejects.toBe(passing);
    expect(calls()).toBe(3);
  });

  it('ends when the signal is given', async () => {
    const stop = new AbortController();
    const { work, calls } = failing(passing, passing, passing);
    const onRetry = (): void => stop.abort(new Error('stopping'));
    await expect(retryWhileRetryable(work, { ...quick, signal: stop.signal, onRetry })).rejects.toThrow('stopping');
    expect(calls()).toBe(1);
  });
});
