import { describe, expect, it } from 'vitest';
import { untranslated } from '../../../../services/core/events/dead-letter.ts';
import type { FoundLetter } from '../../../../services/ingest/dead-letters/found-letter.ts';
import { createReplayEvents } from '../../../../services/ingest/dead-letters/replay-events.ts';
import { dialects } from '../../../../services/ingest/dialects/dialects.ts';
import type { EventResult } from '../../../../services/ingest/event-result.ts';
import type { IngestRequest } from '../../../../services/ingest/pipeline.ts';
import { buildDeadLetter } from '../../../../services/ingest/steps/build-dead-letter.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aSender, aTenant, receivedAt, sealer } from '../ingest-fixtures.ts';

function aFound(eventId: string, offset: number, isChanged = false): FoundLetter {
  const original = JSON.stringify({ type: 'track', event: 'x', messageId: eventId, userId: 'u1' });
  const translation = { dialect: 'segment', call: 'batch', share: {} };
  const refused = { eventId, importId: null, code: 'ERR_EVENT_TIME', detail: 'x', original, translation } as const;
  const built = { ...untranslated, ...buildDeadLetter(refused, aSender(), receivedAt) };
  const letter = isChanged ? { ...built, original: Buffer.alloc(built.original.length) } : built;
  return { id: `0-${offset}`, partition: 0, offset, recordedAt: receivedAt, key: null, letter };
}

describe('a replay of events', () => {
  it('goes on past a letter that cannot be opened, and past one that is being written', async () => {
    const asked: IngestRequest[] = [];
    const result = (key: string, name: EventResult['result']): EventResult => ({ key, result: name, code: null, detail: null }); // prettier-ignore
    const pipeline = {
      judge: () => [],
      ingest(request: IngestRequest) {
        asked.push(request);
        return Promise.resolve({ done: true as const, results: [result('e2', 'retry'), result('e3', 'accepted')] });
      },
    };
    const tenant = aTenant();
    const keys = { tenants: new Map([[tenant.id, tenant]]), installation: sealer };
    const replay = createReplayEvents({ pipeline, dialects, keys, digest: nodeDigest });
    const letters = [aFound('e1', 1, true), aFound('e2', 2), aFound('e3', 3)];
    const outcomes = await replay(letters, { dryRun: false, asNewId: false });
    expect(outcomes).toMatchObject([
      { id: '0-1', outcome: 'refused', detail: expect.stringContaining('cannot be opened') as string },
      { id: '0-2', outcome: 'try-again' },
      { id: '0-3', outcome: 'accepted' },
    ]);
    expect(asked).toMatchObject([{ retriesEvents: true }]);
  });
});
