import type { FastifyInstance } from 'fastify';
import { contactEvent } from '../../core/deliveries/contact-event.ts';
import type { ContactEventType } from '../../core/deliveries/event-payload.ts';
import type { Delivery } from '../../core/deliveries/delivery.ts';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { ContactLink, LinkTokens } from '../deliveries/contact-links.ts';

export interface TrackingRoutesDeps {
  readonly tokens: LinkTokens;
  readonly store: Pick<DeliveryStore, 'find'>;
  /** Owes events to ingest; does nothing for a tenant whose events do not go back. */
  readonly tell: (events: readonly Delivery[]) => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
  /** Told when the event could not be kept; the customer sees nothing of it. */
  readonly onFault: (error: unknown) => void;
}

/** One transparent point. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/**
 * `GET /t/o/{token}.gif` and `GET /t/c/{token}`: what customers' mail programs ask for. Without a token of ours there is
 * nothing here, and a link leads only to the address inside its token, so this is no open redirect.
 */
export function addTrackingRoutes(server: FastifyInstance, deps: TrackingRoutesDeps): void {
  server.get<{ Params: { token: string } }>('/t/o/:token', async (request, reply) => {
    const link = deps.tokens.read(request.params.token.replace(/\.gif$/, ''));
    if (link === null || link.link !== null) throw unknownToken();
    await note(deps, link, 'contact.opened');
    return reply.header('cache-control', 'no-store').type('image/gif').send(pixel);
  });

  server.get<{ Params: { token: string } }>('/t/c/:token', async (request, reply) => {
    const found = deps.tokens.read(request.params.token);
    if (found?.link == null) throw unknownToken();
    await note(deps, found, 'contact.clicked');
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(found.link.url, 302);
  });
}

/** Once per message and kind. Of a message that is known no more nothing is noted: whose it was is forgotten. */
async function note(deps: TrackingRoutesDeps, link: ContactLink, type: ContactEventType): Promise<void> {
  const { store, tell, clock, onFault } = deps;
  try {
    const lane = { tenant: link.tenant, kind: 'message', target: link.channel } as const;
    const message = await store.find(lane, link.contactId);
    if (message === null) return;
    await tell([contactEvent(message, type, clock.now(), link.link?.name ?? null)]);
  } catch (error) {
    onFault(error);
  }
}

function unknownToken(): EngineError {
  return new EngineError('ERR_NOT_FOUND', 'There is nothing at this address.', { retryable: false });
}
