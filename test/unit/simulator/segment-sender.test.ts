import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSegmentSender } from '../../../simulator/segment-sender.ts';
import type { SegmentCall } from '../../../simulator/segment-call.ts';

interface Seen {
  readonly url: string;
  readonly authorization: string;
  readonly batch: readonly { messageId: string; type: string; context: Record<string, unknown> }[];
}

const writeKeys = { web: 'wk-web', app: 'wk-app', pos: 'wk-pos', call: 'wk-call', survey: 'wk-survey' };

function aCall(messageId: string, overrides: Partial<SegmentCall> = {}): SegmentCall {
  return {
    source: 'web',
    messageId,
    userId: 'c00001',
    timestamp: '2026-05-01T10:00:00.000Z',
    body: { type: 'page', name: 'home' },
    imported: null,
    ...overrides,
  };
}

/** Takes the place of ingest; answers a message accepted the first time and duplicate after that. */
function stubIngest(fail: (requests: number) => Response | null = () => null): Seen[] {
  const seen: Seen[] = [];
  const known = new Set<string>();
  let requests = 0;
  vi.stubGlobal('fetch', (url: string, init: { headers: Record<string, string>; body: string }) => {
    requests += 1;
    const { batch } = JSON.parse(init.body) as Pick<Seen, 'batch'>;
    const results = batch.map(({ messageId }) => {
      const result = known.has(messageId) ? 'duplicate' : 'accepted';
      known.add(messageId);
      return [messageId, { result }] as const;
    });
    const failure = fail(requests);
    if (failure !== null) return Promise.resolve(failure);
    seen.push({ url, authorization: init.headers['Authorization'], batch });
    return Promise.resolve(Response.json({ success: true, results: Object.fromEntries(results) }));
  });
  return seen;
}

function open() {
  return openSegmentSender({ ingest: 'http://ingest.test', writeKeys, signal: new AbortController().signal });
}

afterEach(() => vi.unstubAllGlobals());

describe('the Segment sender', () => {
  it('sends each source under its own write key and books every answer', async () => {
    const seen = stubIngest();
    const sender = await open();
    await sender.send(aCall('m1'));
    await sender.send(
      aCall('m2', { source: 'pos', body: { type: 'track', event: 'Order Completed', properties: {} } }),
    );
    await sender.settled();
    await sender.close(1_000);
    const keys = seen.map(({ authorization }) => Buffer.from(authorization.slice(6), 'base64').toString());
    expect(keys.sort()).toEqual(['wk-pos:', 'wk-web:']);
    expect(seen.every(({ url }) => url === 'http://ingest.test/v1/batch')).toBe(true);
    expect(sender.counts()).toMatchObject({ sent: 2, accepted: 2, unanswered: 0 });
  });

  it('marks imported calls, and only them, as historical', async () => {
    const seen = stubIngest();
    const sender = await open();
    await sender.send(aCall('m1', { imported: { importId: 'i1' } }));
    await sender.send(aCall('m2'));
    await sender.close(1_000);
    const contexts = new Map(seen.flatMap(({ batch }) => batch).map((event) => [event.messageId, event.context]));
    expect(contexts.get('m1')!['tidewatch']).toEqual({ historical: true, importId: 'i1' });
    expect(contexts.get('m2')!['tidewatch']).toBeUndefined();
  });

  it('never has two deliveries of one message in one batch, and books the second as a duplicate', async () => {
    const seen = stubIngest();
    const sender = await open();
    await sender.send(aCall('m1'));
    await sender.send(aCall('m1'));
    await sender.settled();
    await sender.close(1_000);
    expect(seen.map(({ batch }) => batch.length)).toEqual([1, 1]);
    expect(sender.counts()).toMatchObject({ sent: 2, accepted: 1, duplicate: 1 });
  });

  it('gives up what ingest refuses as a whole, outside the books', async () => {
    stubIngest(() => new Response('{}', { status: 401 }));
    const sender = await open();
    await sender.send(aCall('m1'));
    await sender.settled();
    expect(sender.counts()).toMatchObject({ sent: 0, unanswered: 1 });
  });

  it('counts the event of an unreadable 2xx answer as unanswered', async () => {
    stubIngest((requests) => (requests === 1 ? new Response('<html>', { status: 200 }) : null));
    const sender = await open();
    await sender.send(aCall('m1'));
    await sender.settled();
    expect(sender.counts()).toMatchObject({ sent: 0, unanswered: 1 });
  });
});
