import { expect, it } from 'vitest';
import { buildDeadLetter } from '../../../../services/ingest/steps/build-dead-letter.ts';
import { aSender, receivedAt, sealer } from '../ingest-fixtures.ts';

const refused = {
  eventId: 'e1',
  importId: 'i1',
  code: 'ERR_EVENT_TIME',
  detail: 'timestamp is no time',
  original: '{"a":"é"}',
  translation: { dialect: 'segment', call: 'batch', share: { sentAt: null } },
} as const;

it('keeps the original and the share of its request sealed, and says why it was refused', () => {
  const { original, share, ...letter } = buildDeadLetter(refused, aSender(), receivedAt);
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
    channel: 'web',
    importId: 'i1',
    dialect: 'segment',
    call: 'batch',
  });
  expect(sealer.open(original, 'acme|dead-letter|e1').toString()).toBe('{"a":"é"}');
  expect(sealer.open(share!, 'acme|dead-letter-share|e1').toString()).toBe('{"sentAt":null}');
});

it('cuts an original that no record could hold, says so, and keeps no share: it is no whole event', () => {
  const letter = buildDeadLetter({ ...refused, original: 'x'.repeat(900_000) }, aSender(), receivedAt);
  expect(letter.original.length).toBeLessThan(800_000);
  expect(letter.detail).toMatch(/of 900000 bytes the first 786432 are kept/);
  expect(letter.share).toBeNull();
});

it('keeps no share that would be repeated at length beside each event', () => {
  const translation = { ...refused.translation, share: { context: 'x'.repeat(70_000) } };
  expect(buildDeadLetter({ ...refused, translation }, aSender(), receivedAt).share).toBeNull();
});
