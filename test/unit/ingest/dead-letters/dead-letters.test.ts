import { describe, expect, it } from 'vitest';
import { untranslated } from '../../../../services/core/events/dead-letter.ts';
import type { DeadLetterRecord } from '../../../../services/core/events/dead-letter.ts';
import type { TopicReader } from '../../../../services/core/ports/topic-reader.ts';
import { dialects } from '../../../../services/ingest/dialects/dialects.ts';
import { createLetterAccess } from '../../../../services/ingest/dead-letters/letter-access.ts';
import { createLetterReader } from '../../../../services/ingest/dead-letters/letter-reader.ts';
import { formatCursor, parseCursor } from '../../../../services/ingest/dead-letters/letter-cursor.ts';
import { listLetters } from '../../../../services/ingest/dead-letters/list-letters.ts';
import { matchesFilter } from '../../../../services/ingest/dead-letters/letter-filter.ts';
import { createMaskIds } from '../../../../services/ingest/dead-letters/mask-ids.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { readLetterFilter, readSelection } from '../../../../services/ingest/dead-letters/read-letter-query.ts';
import { replayObstacle } from '../../../../services/ingest/dead-letters/replay-obstacle.ts';
import { retranslate } from '../../../../services/ingest/dead-letters/retranslate.ts';
import { jsonCodec, receivedAt } from '../ingest-fixtures.ts';

const aLetter = (changes: Partial<DeadLetterRecord> = {}): DeadLetterRecord => ({
  ...untranslated,
  ...{ tenant: 'acme', source: 'shop', eventId: 'e1', code: 'ERR_EVENT_TIME', detail: 'x', step: 'ingest.judge' },
  ...{ topic: null, partition: null, offset: null, recordedAt: receivedAt, keyId: 'k1', original: Buffer.alloc(0) },
  ...{ channel: 'web', dialect: 'segment', call: 'batch', share: Buffer.alloc(0) },
  ...changes,
});

const keys: Readonly<Record<string, Buffer>> = { acme: Buffer.alloc(32, 1), other: Buffer.alloc(32, 2) };
const maskIds = createMaskIds(nodeDigest, (tenant) => keys[tenant ?? ''] ?? Buffer.alloc(32, 3));

/** Partitions of letters in memory; one read brings two of them. */
function topicOf(partitions: readonly (readonly DeadLetterRecord[])[]): TopicReader {
  const raw = (value: DeadLetterRecord, offset: number) => ({
    offset, key: null, timestamp: 0, value: jsonCodec<DeadLetterRecord>().encode(value),
  }); // prettier-ignore
  return {
    ranges: () => Promise.resolve(partitions.map((each, partition) => ({ partition, low: 0, high: each.length }))),
    read: (partition, offset) => Promise.resolve(partitions[partition].map(raw).slice(offset, offset + 2)),
    stop: () => Promise.resolve(),
  };
}

describe('the list of dead letters', () => {
  it('gives every letter once over all pages, the newest first, whatever the page size', async () => {
    const partitions = [0, 1, 2].map((partition) =>
      Array.from({ length: 7 - partition }, (_, index) => aLetter({ recordedAt: 1000 + index * 10 + partition })),
    );
    const reader = createLetterReader(topicOf(partitions), jsonCodec());
    const marks = {
      read: (wanted: readonly unknown[]) => Promise.resolve(wanted.map(() => null)),
      set: () => Promise.resolve([]),
    };
    const filter = readLetterFilter({});
    for (const limit of [1, 4, 100]) {
      const times: number[] = [];
      let cursor = null;
      do {
        const page = await listLetters(
          'acme',
          { filter, limit, cursor },
          { reader, marks, mayAccess: () => true, maskIds },
        );
        times.push(...page.letters.map(({ recordedAt }) => recordedAt));
        cursor = page.cursor === null ? null : parseCursor(formatCursor(page.cursor));
      } while (cursor !== null);
      expect(times).toEqual(partitions.flat().map(({ recordedAt }) => recordedAt).sort((a, b) => b - a)); // prettier-ignore
    }
  });
});

describe('who may see a letter', () => {
  it('is its own tenant; letters of nobody are shown only where there is one tenant', () => {
    const several = createLetterAccess(() => new Set(['acme', 'other']));
    expect([several('acme', 'acme'), several('acme', 'other'), several('acme', null), several('acme', 'gone')]).toEqual([
      true, false, false, false,
    ]); // prettier-ignore
    const single = createLetterAccess(() => new Set(['acme']));
    expect([single('acme', null), single('acme', 'gone')]).toEqual([true, true]);
  });
});

describe('the ids of a letter', () => {
  it.each(['e1', 'jane@example.com', '+4915112345678', '536365:17850:cancel'])('are masked: %s', (eventId) => {
    const masked = maskIds(aLetter({ eventId, importId: eventId }));
    expect(masked.eventId).toMatch(/^#[0-9a-f]{16}$/);
    expect(JSON.stringify(masked)).not.toMatch(/jane|15112345678|17850.*17850/);
  });

  it('look alike for one event of one tenant, and different for another event or tenant', () => {
    const masks = [
      aLetter({ eventId: 'a' }),
      aLetter({ eventId: 'a', code: 'ERR_EVENT_AMOUNT' }),
      aLetter({ eventId: 'b' }),
      aLetter({ eventId: 'a', tenant: 'other' }),
      aLetter({ eventId: 'a', tenant: null }),
    ].map((letter) => maskIds(letter).eventId);
    expect(masks[1]).toBe(masks[0]);
    expect(new Set(masks).size).toBe(4);
  });

  it('leave the name of an import as it is, unless it looks personal', () => {
    expect(maskIds(aLetter({ eventId: null, importId: '2026-05 web' }))).toEqual({
      eventId: null,
      importId: '2026-05 web',
    });
    expect(maskIds(aLetter({ importId: 'of jane@example.com' })).importId).toMatch(/^#[0-9a-f]{16}$/);
  });

  it('are found by what they are and by what is shown', () => {
    const letter = aLetter({ eventId: 'order-17' });
    const finds = (eventId: string) => matchesFilter(letter, readLetterFilter({ eventId }), maskIds);
    expect([finds('order-17'), finds(maskIds(letter).eventId!), finds('#0123456789abcdef'), finds('order-1')]).toEqual([
      true, true, false, false,
    ]); // prettier-ignore
  });
});

describe('a filter', () => {
  it.each([[{ sorce: 'web' }], [{ since: 'yesterday' }], [{ status: 'new' }], [{ code: '' }]])(
    'refuses %j',
    (fields) => {
      expect(() => readLetterFilter(fields)).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
    },
  );

  it.each([
    [undefined],
    [{}],
    [{ ids: [1] }],
    [{ ids: [], filter: {} }],
    [{ filter: 'all' }],
    [{ ids: ['0-1'], dryrun: true }],
  ])('is not guessed from %j', (body) => {
    expect(() => readSelection(body, 100)).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
  });
});

describe('a replay', () => {
  it.each([
    [aLetter(), null],
    [aLetter({ dialect: null }), /does not say how/],
    [aLetter({ share: null }), /does not hold the whole event/],
    [aLetter({ code: 'ERR_SOURCE_OFF', dialect: null, share: null }), /nothing of its content was kept/],
    [aLetter({ step: 'scorer', code: 'ERR_MODEL_OUTPUT' }), /in the features already/],
    [aLetter({ step: 'scorer', code: 'ERR_RECORD_DECODE' }), null],
    [aLetter({ step: 'alerts.decode' }), /makes again by itself/],
  ])('knows what stands against it (%#)', (letter, reason) => {
    const obstacle = replayObstacle(letter);
    if (reason === null) expect(obstacle).toBeNull();
    else expect(obstacle).toMatch(reason);
  });

  it('leaves the time that the client said, and takes that of the letter where it said none', () => {
    const open = (message: object, share = {}) => ({ original: Buffer.from(JSON.stringify(message)), share });
    const time = (content: ReturnType<typeof open>) => retranslate(aLetter(), content, dialects);
    expect(time(open({ type: 'track', event: 'x' }))).toMatchObject({ time: new Date(receivedAt).toISOString() });
    expect(time(open({ type: 'track', event: 'x', timestamp: 't' }))).toMatchObject({ time: 't' });
    expect(time(open({ type: 'track', event: 'x' }, { sentAt: 's' }))).toMatchObject({ time: 's' });
    expect(retranslate(aLetter({ dialect: 'gone' }), open({}), dialects)).toMatch(/is not served/);
  });
});
