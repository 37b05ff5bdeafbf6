import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '../core/errors.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { SendingKey } from './auth/sending-key.ts';

export interface WebhookHandshakeDeps {
  readonly authenticator: Authenticator;
  /** Events per second of keys without a limit of their own; null for none. */
  readonly defaultRate: number | null;
}

type Query = Readonly<Record<string, unknown>>;

const origin = /^[\w.:*-]{1,255}$/;
const secondsPerMinute = 60;

/**
 * `OPTIONS /v1/cloudevents`: the handshake by which a sender asks whether it may deliver to an address (CloudEvents, HTTP
 * 1.1 Web Hooks 1.0, section 4). Whoever knows the address with a valid key, or its id, may: the sender named in
 * `WebHook-Request-Origin` is told so, with the rate of the key in requests a minute.
 */
export function addWebhookHandshake(server: FastifyInstance, deps: WebhookHandshakeDeps): void {
  server.options('/v1/cloudevents', async (request, reply) => {
    const asked = request.headers['webhook-request-origin'];
    if (typeof asked !== 'string' || !origin.test(asked)) {
      const message = 'WebHook-Request-Origin is missing or is no name of a sender, such as eventemitter.example.com';
      throw new EngineError('ERR_USAGE', message, { retryable: false });
    }
    const key = await findKey(request, deps.authenticator);
    if (key === undefined) throw unauthorized(reply);
    const rate = key.rateLimit ?? deps.defaultRate;
    return reply
      .header('allow', 'POST')
      .header('webhook-allowed-origin', asked)
      .header('webhook-allowed-rate', rate === null ? '*' : String(Math.max(1, Math.floor(rate * secondsPerMinute))))
      .send();
  });
}

async function findKey(
  { headers, query }: FastifyRequest,
  authenticator: Authenticator,
): Promise<SendingKey | undefined> {
  const { writeKey, key } = query as Query;
  const caller = await authenticator.meet(headers, query as Query);
  if (caller.kind === 'known') return caller.key;
  return caller.kind === 'unnamed' ? (authenticator.byKey(writeKey) ?? authenticator.byId(key)) : undefined;
}

function unauthorized(reply: FastifyReply): EngineError {
  reply.header('www-authenticate', 'Basic realm="tidewatch ingest"');
  const message = 'the address names no valid key; register it with ?writeKey=… or, for signed webhooks, ?key=<its id>';
  return new EngineError('ERR_UNAUTHORIZED', message, { retryable: false });
}
