import { z } from 'zod';
import type { ApiDescription } from '../platform/http/api-description.ts';

const time = z.iso.datetime();
const deliverySchema = z
  .object({
    id: z.string().describe('`kind:target:id`'),
    kind: z.enum(['webhook', 'message', 'event', 'digest']),
    target: z.string().describe('Name of the webhook, the channel or the queue; `ingest` for events.'),
    state: z.enum(['pending', 'claimed', 'sent', 'dead']),
    attempts: z.int().describe('Failed ones since it was queued or replayed.'),
    reason: z.string().nullable().describe('Why it waits, or was given up.'),
    type: z.string().nullable().describe('What a webhook is told; null for other kinds and once it was sent.'),
    taskId: z.string().nullable(),
    customerId: z.string().nullable(),
    playbook: z.string().nullable(),
    createdAt: time,
    nextAttemptAt: time.nullable(),
    settledAt: time.nullable().describe('When it was sent or given up.'),
    replayedAt: time.nullable(),
  })
  .meta({ id: 'Delivery' });

const shared = { tag: 'deliveries', access: 'token' } as const;
const one = {
  path: z.object({ id: z.string() }),
  answers: { 200: { description: 'The delivery.', schema: deliverySchema } },
};
const token = z.object({ token: z.string() });

/** Deliveries, and the addresses that stand in messages to customers. */
export const deliveryOperations: ApiDescription['operations'] = {
  'GET /v1/deliveries': {
    ...shared,
    summary: 'Deliveries that were given up, or that wait; the newest first',
    query: z.object({
      state: z.enum(['dead', 'pending']).default('dead'),
      limit: z.int().min(1).max(200).default(50),
      cursor: z.string().optional().describe('The `next` of the page before.'),
    }),
    answers: {
      200: {
        description: 'A page.',
        schema: z.object({ deliveries: z.array(deliverySchema), next: z.string().nullable() }),
      },
    },
    problems: [400, 503],
  },
  'GET /v1/deliveries/{id}': { ...shared, ...one, summary: 'One delivery', problems: [404, 503] },
  'POST /v1/deliveries/{id}/replay': {
    ...shared,
    ...one,
    summary: 'Send one that was given up again, with all its attempts before it',
    problems: [404, 409, 503],
  },
  'GET /t/o/{token}': {
    tag: 'tracking',
    access: 'open',
    summary: 'The picture in a message: tells that it was opened',
    path: token,
    answers: { 200: { description: 'One transparent point.', mediaType: 'image/gif', schema: z.string() } },
    problems: [404],
  },
  'GET /t/c/{token}': {
    tag: 'tracking',
    access: 'open',
    summary: 'A link in a message: tells that it was followed, and leads on to where the message said',
    path: token,
    answers: { 302: { description: 'To the address inside the token.' } },
    problems: [404],
  },
};
