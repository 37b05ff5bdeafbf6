import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeyring } from '../../../services/ingest/auth/keyring.ts';
import { addWebhookHandshake } from '../../../services/ingest/webhook-handshake.ts';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { aSendingKey, testAccess } from '../../support/ingest-access.ts';
import { aSender } from './ingest-fixtures.ts';

function ask(url: string, headers: Record<string, string>, defaultRate: number | null = null) {
  const keys = [
    aSendingKey('wk', aSender()),
    aSendingKey('slow', aSender(), { rateLimit: 2 }),
    aSendingKey('gone', aSender(), { endsAt: 0 }),
  ];
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  onTestFinished(() => server.close());
  const { authenticator } = testAccess(createKeyring(keys));
  addWebhookHandshake(server, { authenticator, defaultRate });
  return server.inject({ method: 'OPTIONS', url, headers });
}

const origin = { 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' };

describe('the handshake of CloudEvents webhooks', () => {
  it.each([
    ['/v1/cloudevents?writeKey=wk', {}, null, '*'],
    ['/v1/cloudevents/?writeKey=wk', {}, 10, '600'],
    ['/v1/cloudevents?key=key-slow', {}, 10, '120'],
    ['/v1/cloudevents', { authorization: 'Bearer wk' }, null, '*'],
  ])('grants %s with %o', async (url, headers, defaultRate, rate) => {
    const answer = await ask(url, { ...origin, ...headers }, defaultRate);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      allow: 'POST',
      'webhook-allowed-origin': 'eventemitter.example.com',
      'webhook-allowed-rate': rate,
    });
  });

  it.each([
    ['/v1/cloudevents', origin, 401],
    ['/v1/cloudevents?writeKey=other', origin, 401],
    ['/v1/cloudevents?writeKey=gone', origin, 401],
    ['/v1/cloudevents?key=key-gone', origin, 401],
    ['/v1/cloudevents?writeKey=wk', {}, 400],
    ['/v1/cloudevents?writeKey=wk', { 'webhook-request-origin': 'a b' }, 400],
  ])('grants nothing at %s with %o', async (url, headers, status) => {
    const answer = await ask(url, headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).not.toHaveProperty('webhook-allowed-origin');
  });
});
