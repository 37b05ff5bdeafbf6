import { expect, it } from 'vitest';
import { checkSize } from '../../../../services/ingest/steps/check-size.ts';

it('lets an event of just the limit pass and refuses one of a byte more', () => {
  expect(checkSize('x'.repeat(100), 100)).toBeNull();
  expect(checkSize('x'.repeat(101), 100)).toMatchObject({ outcome: 'dead-letter', code: 'ERR_EVENT_TOO_LARGE' });
});

it('counts bytes, not characters', () => {
  expect(checkSize('é'.repeat(50), 100)).toBeNull();
  expect(checkSize('é'.repeat(51), 100)).toMatchObject({ detail: expect.stringContaining('102 bytes') as string });
});
