import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findOriginals } from '../../../services/ingest/body/originals.ts';
import { dialects } from '../../../services/ingest/dialects/dialects.ts';
import { judgeEvent } from '../../../services/ingest/steps/judge-event.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { runs } from '../../support/property-runs.ts';
import { aSender, jsonCodec, plan, receivedAt } from '../../unit/ingest/ingest-fixtures.ts';

const member = fc.constantFrom(
  'batch', 'data', 'events', 'event', 'properties', 'uuid', 'distinct_id', 'timestamp', '$set', 'e', 'eid', 'uid', 'dtm',
  'ue_pr', 'ue_px', 'co', 'cx', 'schema', 'id', 'source', 'type', 'specversion', 'subject', 'time', 'amount', 'traits',
  '__proto__', 'ecommerce', 'checkout', 'totalPrice',
); // prettier-ignore
const word = fc.constantFrom('ue', 'se', 'pv', 'tr', '$identify', 'purchase', 'order.placed', 'com.acme.order', 'iglu:a/b/c/1', '1.0', 'u1', '2026-05-01T10:00:00Z', '1777629600000', 'eyJkYXRhIjp7fX0', '{"data":{"schema":"iglu:a/order/jsonschema/1","data":{}}}'); // prettier-ignore
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(member, tie('value'), { maxKeys: 8 }),
  ),
}));
/** One good request of each protocol, of which members are replaced by anything. */
const good: Readonly<Record<string, object>> = {
  batch: { type: 'track', event: 'Order Completed', messageId: 'm1', userId: 'u1', properties: { revenue: 5 } },
  v0: { event: 'purchase', uuid: 'p1', distinct_id: 'u1', properties: { value: 5 } },
  post: { e: 'tr', eid: 's1', uid: 'u1', tr_tt: '5.00' },
  events: { id: 'e1', type: 'order.placed', userId: 'u1', amount: 5, source: '/s', specversion: '1.0', subject: 'u1' },
};
const lists: Readonly<Record<string, string>> = {
  batch: 'batch',
  v0: 'batch',
  v1: 'batch',
  post: 'data',
};

function nearlyGood(name: string, changes: Readonly<Record<string, unknown>>): unknown {
  const event = { ...(good[name] ?? good[name === 'v1' ? 'v0' : name === 'get' ? 'post' : 'batch']), ...changes };
  if (name === 'events') return [event];
  return lists[name] === undefined ? event : { [lists[name]]: [event] };
}

const headers = fc.dictionary(fc.constantFrom('ce-id', 'ce-type', 'ce-source', 'ce-specversion', 'content-type'), word);
const body = fc.oneof(
  value.map((any) => () => any),
  fc.dictionary(member, value, { maxKeys: 2 }).map((changes) => (name: string) => nearlyGood(name, changes)),
);
const call = fc.constantFrom(...dialects.flatMap((dialect) => dialect.calls.map((each) => ({ dialect, ...each }))));

it('whatever comes to any path of any dialect gets a judgement for each of its events, and breaks no step', () => {
  const context = {
    sender: aSender(),
    receivedAt,
    digest: nodeDigest,
    maxEventBytes: 32_768,
    codec: jsonCodec<never>(),
    plan,
  };
  const accepted = new Map<string, number>();
  fc.assert(
    fc.property(call, body, headers, ({ dialect, call: name, method }, make, sent) => {
      const body = make(name);
      const text = method === 'GET' ? '' : JSON.stringify(body);
      const query = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
      const json = dialect.toJson?.(text, { headers: sent, query }) ?? text;
      const request = { headers: sent, query, body: json === '' ? undefined : (JSON.parse(json) as unknown) };
      dialect.writeKey(request);
      const opened = dialect.open(name, request);
      if (typeof opened === 'string') return;
      const original = findOriginals(json, opened.events, opened.from);
      opened.events.forEach((event, index) => {
        const translated = dialect.translate(name, event, opened.share);
        // A dead letter is translated once more, from what was kept of it.
        const kept = dialect.translate(name, JSON.parse(original(index)), JSON.parse(JSON.stringify(opened.share)) as object as never); // prettier-ignore
        expect(kept).toEqual(translated);
        const { outcome } = judgeEvent(translated, original(index), context);
        expect(['ok', 'dead-letter']).toContain(outcome);
        accepted.set(dialect.name, (accepted.get(dialect.name) ?? 0) + (outcome === 'ok' ? 1 : 0));
      });
    }),
    { numRuns: runs(2000) },
  );
  // Not all of it was nonsense.
  for (const { name } of dialects) expect(accepted.get(name), name).toBeGreaterThan(0);
});
