import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';

describe('eventually', () => {
  it('returns the value of the first attempt that succeeds', async () => {
    let attempts = 0;
    const value = await eventually(
      () => {
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
        return 'there';
      },
      { intervalMs: 1 },
    );
    expect(value).toBe('there');
    expect(attempts).toBe(3);
  });

  it('fails with what was still missing when the time is up', async () => {
    const attempt = () => Promise.reject(new Error('no score for ~ab'));
    await expect(eventually(attempt, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow(
      'Still failing after 5 ms: no score for ~ab',
    );
  });
});
