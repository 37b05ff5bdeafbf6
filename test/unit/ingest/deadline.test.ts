import { expect, it } from 'vitest';
import { realDeadline } from '../../../services/ingest/deadline.ts';

it('says whether the work was done in time', async () => {
  expect(await realDeadline(Promise.resolve(), 10_000)).toBe(true);
  expect(await realDeadline(new Promise(() => undefined), 1)).toBe(false);
});

it('fails as the work fails', async () => {
  await expect(realDeadline(Promise.reject(new Error('no')), 10_000)).rejects.toThrow('no');
});
