import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import type { StoredDelivery } from '../../core/deliveries/delivery.ts';
import type { WebhookPayload } from '../../core/deliveries/webhook-payload.ts';
import { encodeDeliveryCursor, parseDeliveryQuery } from './delivery-query.ts';
import { type DeliveryReader, publicDeliveryId } from './delivery-reader.ts';

export interface DeliveryRoutesDeps {
  readonly deliveries: DeliveryReader;
  /** Lets requests with a known token pass and sets `request.tenant`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

/** `GET /v1/deliveries`, `GET /v1/deliveries/{id}`, `POST /v1/deliveries/{id}/replay`, of the caller's tenant only. */
export function addDeliveryRoutes(server: FastifyInstance, { deliveries, authorize }: DeliveryRoutesDeps): void {
  const guard = { preHandler: authorize };
  server.get<{ Querystring: Record<string, unknown> }>('/v1/deliveries', guard, async (request) => {
    const page = await deliveries.list(request.tenant, parseDeliveryQuery(request.query));
    return {
      deliveries: page.deliveries.map(toJson),
      next: page.next === null ? null : encodeDeliveryCursor(page.next),
    };
  });
  server.get<{ Params: { id: string } }>('/v1/deliveries/:id', guard, async (request) =>
    toJson(await deliveries.get(request.tenant, request.params.id)),
  );
  server.post<{ Params: { id: string } }>('/v1/deliveries/:id/replay', guard, async (request) =>
    toJson(await deliveries.replay(request.tenant, request.params.id)),
  );
}

/** A delivery as the interface shows it: what it is about and where it stands, never what it says or to which address. */
function toJson(delivery: StoredDelivery): object {
  const { kind, target, state, attempts, reason, subject } = delivery;
  return {
    id: publicDeliveryId(delivery),
    ...{ kind, target, state, attempts, reason },
    type: kind === 'webhook' ? ((JSON.parse(delivery.payload) as Partial<WebhookPayload>).type ?? null) : null,
    taskId: subject.taskId,
    customerId: subject.surrogate === null ? null : `~${subject.surrogate}`,
    playbook: subject.playbook,
    createdAt: isoTime(delivery.createdAt),
    nextAttemptAt: state === 'pending' || state === 'claimed' ? isoTime(delivery.dueAt) : null,
    settledAt: isoTime(delivery.settledAt),
    replayedAt: isoTime(delivery.replayedAt),
  };
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
