import { expect, it } from 'vitest';
import { buildDeadLetter } from '../../../../services/ingest/steps/build-dead-letter.ts';
import { aSender, receivedAt, sealer } from '../ingest-fixtures.ts';

const refused = {
  eventId: 'e1',
  code: 'ERR_EVENT_TIME',
  detail: 'timestamp is no time',
  original: '{"a":"é"}',
} as const;

it('keeps the original sealed, and says why it was refused', () => {
  const { original, ...letter } = buildDeadLetter(refused, aSender(), receivedAt);
  expect(letter).toEqual({
    tenant: 'acme',
    source: 'shop',
    eventId: 'e1',
    code: 'ERR_EVENT_TIME',
    detail: 'timestamp is no time',
    step: 'ingest.judge',
    topic: null,
    partition: null,
    offset: null,
    recordedAt: receivedAt,
    keyId: 'k1',
  });
  expect(sealer.open(original, 'acme|dead-letter|e1').toString()).toBe('{"a":"é"}');
});

it('cuts an original that no record could hold, and says so', () => {
  const letter = buildDeadLetter({ ...refused, original: 'x'.repeat(900_000) }, aSender(), receivedAt);
  expect(letter.original.length).toBeLessThan(800_000);
  expect(letter.detail).toMatch(/of 900000 bytes the first 786432 are kept/);
});
