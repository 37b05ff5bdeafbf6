import type { EventResult } from '../../event-result.ts';
import { isJsonObject } from '../../json-object.ts';
import type { ClientRequest, Dialect, OpenedRequest } from '../dialect.ts';
import { answerEvents } from './answer-events.ts';
import { openForm } from './open-form.ts';
import { translateCapture } from './translate-capture.ts';

const capturePaths = ['/batch', '/capture', '/e', '/track', '/i/v0/e'];

/** PostHog's capture protocol: v0, which has no answers per event, and v1, which has. */
export const posthogDialect: Dialect = {
  name: 'posthog',
  calls: [
    ...capturePaths.map((path) => ({ method: 'POST' as const, path, call: 'v0' })),
    { method: 'POST', path: '/i/v1/analytics/events', call: 'v1' },
  ],
  retriesEvents: (call) => call === 'v1',
  toJson: openForm,
  writeKey,
  open(_call, { body }): OpenedRequest | string {
    if (Array.isArray(body)) return { share: {}, events: body as unknown[], from: 'list' };
    if (!isJsonObject(body)) return 'the body is neither an event nor a list; send {"batch": [ … ]}';
    const { sent_at: sentAt = null, created_at: createdAt = null, historical_migration: historical = null } = body;
    const share = { sentAt: sentAt ?? createdAt, historical };
    if (body['batch'] === undefined) return { share, events: [body], from: 'body' };
    if (!Array.isArray(body['batch'])) return '"batch" is no list; send {"batch": [ … ]} with the events in it';
    return { share, events: body['batch'] as unknown[], from: { member: 'batch' } };
  },
  translate: (_call, event, share) => translateCapture(event, share),
  answer: (call, results: readonly EventResult[]) => (call === 'v1' ? answerEvents(results) : undefined),
};

function writeKey({ query, body }: ClientRequest): unknown {
  const first = Array.isArray(body) ? (body as unknown[])[0] : body;
  const said = isJsonObject(first) ? first : {};
  const properties = isJsonObject(said['properties']) ? said['properties'] : {};
  return said['api_key'] ?? said['token'] ?? query['api_key'] ?? query['token'] ?? properties['token'];
}
