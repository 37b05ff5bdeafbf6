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
const headers = fc.dictionary(fc.constantFrom('ce-id', 'ce-type', 'ce-source', 'ce-specversion', 'content-type'), word);
const call = fc.constantFrom(...dialects.flatMap((dialect) => dialect.calls.map((each) => ({ dialect, ...each }))));

it('whatever comes to any path of any dialect gets a judgement for each of its events, and breaks no step', () => {
  const context = { sender: aSender(), receivedAt, digest: nodeDigest, codec: jsonCodec<never>(), plan };
  fc.assert(
    fc.property(call, value, headers, ({ dialect, call: name, method }, body, sent) => {
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
        expect(['ok', 'dead-letter']).toContain(judgeEvent(translated, original(index), context).outcome);
      });
    }),
    { numRuns: runs(2000) },
  );
});
