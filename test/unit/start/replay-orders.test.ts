import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBatchPoster } from '../../../scripts/start/replay/batch-poster.ts';
import type { CsvRow } from '../../../scripts/start/replay/read-csv.ts';
import { replayOrders } from '../../../scripts/start/replay/replay-orders.ts';
import type { TrackMessage } from '../../../scripts/start/replay/to-segment-track.ts';
import { createAnswerLedger } from '../../../simulator/answer-ledger.ts';

const customers = 50;

function aMessage(row: CsvRow): TrackMessage {
  return { messageId: row['n'], userId: row['customer'] } as TrackMessage;
}

async function* rowsUpTo(count: number): AsyncGenerator<CsvRow, void> {
  for (let n = 0; n < count; n += 1) yield { n: String(n), customer: `u${n % customers}` };
}

describe('replayOrders', () => {
  it('posts every order once, keeping the order of each customer', async () => {
    const posted: TrackMessage[] = [];
    let underway = 0;
    let most = 0;
    await replayOrders({
      rows: rowsUpTo(5_000),
      toMessage: aMessage,
      post: async (messages) => {
        underway += 1;
        most = Math.max(most, underway);
        await new Promise((resolve) => void setImmediate(resolve));
        posted.push(...messages);
        underway -= 1;
      },
      signal: new AbortController().signal,
      onPosted: () => undefined,
    });
    expect(posted).toHaveLength(5_000);
    for (let customer = 0; customer < customers; customer += 1) {
      const own = posted.filter(({ userId }) => userId === `u${customer}`).map(({ messageId }) => Number(messageId));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
    expect(most).toBeGreaterThan(1);
  });

  it('ends with the fault of a batch that cannot be posted', async () => {
    const post = (): Promise<void> => Promise.reject(new Error('refused'));
    const { signal } = new AbortController();
    const replay = replayOrders({ rows: rowsUpTo(900), toMessage: aMessage, post, signal, onPosted: () => undefined });
    await expect(replay).rejects.toThrow('refused');
  });
});

describe('the batch poster', () => {
  const messages = [{ messageId: 'a' }, { messageId: 'b' }] as TrackMessage[];
  const results = { a: { result: 'accepted' }, b: { result: 'accepted' } };

  afterEach(() => vi.unstubAllGlobals());

  function openPoster(answers: readonly (Response | Error)[]) {
    const ledger = createAnswerLedger();
    const requests: { url: string; headers: Record<string, string> }[] = [];
    vi.stubGlobal('fetch', (url: string, { headers }: { headers: Record<string, string> }) => {
      const answer = answers[requests.length];
      requests.push({ url, headers });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    const { signal } = new AbortController();
    const post = createBatchPoster({ ingest: 'http://ingest.test', writeKey: 'wk', ledger, signal, patienceMs: 5_000 });
    return { ledger, requests, post };
  }

  it('repeats a batch that was answered 503, saying so, and books it once', async () => {
    const busy = Response.json({ detail: 'busy' }, { status: 503, headers: { 'retry-after': '0' } });
    const { post, ledger, requests } = openPoster([busy, Response.json({ results })]);
    await post(messages);
    expect(requests.map(({ headers }) => headers['x-retry-count'])).toEqual([undefined, '1']);
    expect(requests[0].headers['authorization']).toBe(`Basic ${Buffer.from('wk:').toString('base64')}`);
    expect(ledger.counts()).toMatchObject({ sent: 2, accepted: 2 });
  });

  it('counts as accepted what a lost answer had accepted', async () => {
    const again = { a: { result: 'duplicate' }, b: { result: 'duplicate' } };
    const { post, ledger } = openPoster([new Error('reset'), Response.json({ results: again })]);
    await post(messages);
    expect(ledger.counts()).toMatchObject({ sent: 2, accepted: 2, duplicate: 0 });
  });

  it('fails at once on a refusal, with its reason', async () => {
    const { post } = openPoster([Response.json({ detail: 'unknown write key' }, { status: 401 })]);
    await expect(post(messages)).rejects.toThrow('unknown write key');
  });
});
