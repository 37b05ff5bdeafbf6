import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContactEvent } from '../../../services/core/ports/event-intake.ts';
import { createIngestIntake } from '../../../services/platform/http/ingest-intake.ts';
import { oneIngest } from '../../support/one-ingest.ts';

const served = oneIngest();
let count = 0;

function anEvent(overrides: Partial<ContactEvent> = {}): ContactEvent {
  const messageId = `${served.world.prefix}contact-${count++}.contact.clicked`;
  return {
    ...{ messageId, type: 'contact.clicked', customer: { idType: 'user', id: '42' }, at: Date.now() - 1000 },
    properties: { contactId: 'c', channel: 'email', playbook: 'win-back', link: 'shop' },
    ...overrides,
  };
}

const intake = (writeKey = served.world.writeKey, url = served.url) =>
  createIngestIntake({ url, writeKey, timeoutMs: 20_000 });

/** A server that answers everything alike. */
async function answering(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(status, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what became of messages, told to a real ingest', () => {
  it('is taken as the event that it is, once, however often it is told', async () => {
    const event = anEvent();
    const anonymous = anEvent({ customer: { idType: 'anonymous', id: 'a-1' }, type: 'contact.sent' });
    for (let i = 0; i < 2; i++) {
      expect(await intake().send(event)).toEqual({ as: 'taken' });
      expect(await intake().send(anonymous)).toEqual({ as: 'taken' });
    }
    const records = (await served.world.events()).filter(({ eventId }) =>
      [event.messageId, anonymous.messageId].includes(eventId),
    );
    expect(records.map(({ type, occurredAt }) => [type, occurredAt]).sort()).toEqual([
      ['contact.clicked', event.at],
      ['contact.sent', anonymous.at],
    ]);
    const clicked = records.find(({ type }) => type === 'contact.clicked');
    expect(Object.fromEntries(clicked!.attributes.map(({ name, value }) => [name, value]))).toMatchObject(
      event.properties,
    );
  });

  it('is refused for good where ingest says so, and may come again where it does not', async () => {
    expect(await intake().send(anEvent({ at: Date.now() + 90 * 86_400_000 }))).toMatchObject({ as: 'refused' });
    expect(await intake('wk_unknown').send(anEvent())).toMatchObject({ as: 'unavailable', reason: 'ingest-401' });
  });

  it.each([
    [503, '{}', { 'retry-after': '7' }, { as: 'unavailable', reason: 'ingest-503', retryAfterMs: 7000 }],
    [200, 'no JSON', {}, { as: 'unavailable', reason: 'ingest-unanswered', retryAfterMs: null }],
    [200, '{"success":true,"results":{}}', {}, { as: 'unavailable', reason: 'ingest-unanswered', retryAfterMs: null }],
    [302, '', { location: 'http://127.0.0.1:1/' }, { as: 'unavailable', reason: 'ingest-302', retryAfterMs: null }],
  ])('is kept for later by an answer %i %s', async (status, body, headers, expected) => {
    expect(await intake('k', await answering(status, body, headers)).send(anEvent())).toEqual(expected);
  });

  it('is kept for later where nobody answers', async () => {
    expect(await intake('k', 'http://127.0.0.1:1').send(anEvent())).toMatchObject({ reason: 'ingest-unreachable' });
  });
});
