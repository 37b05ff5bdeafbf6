import { z } from 'zod';
import { scoreJsonSchema } from '../scoring/score-json-schema.ts';
import { taskStatuses } from './task-status.ts';

const time = z.iso.datetime();
const text = z.object({ en: z.string(), 'zh-CN': z.string() });

/** What `taskToJson` writes. */
export const taskJsonSchema = z
  .object({
    taskId: z.string(),
    version: z.int().min(1).describe('Grows with each change.'),
    customerRef: scoreJsonSchema.shape.customerRef,
    customerId: scoreJsonSchema.shape.customerId,
    tenant: z.string(),
    trigger: z.string(),
    playbook: z.string(),
    priority: z.number(),
    status: z.enum(taskStatuses),
    owner: z.string().nullable(),
    createdAt: time,
    respondBy: time.nullable(),
    resolveBy: time.nullable(),
    score: scoreJsonSchema,
    reasons: z.array(scoreJsonSchema.shape.reasons.unwrap().element).describe('Those of the score; may be empty.'),
    text,
    arm: z.enum(['treated', 'holdout']),
    outcome: z.object({ result: z.string(), reason: z.string().nullable(), at: time.nullable() }).nullable(),
    queue: z.string().nullable().describe('The team; the owner is that team, or the person who took it.'),
    playbookVersion: z.string().nullable(),
    segment: z.string().nullable().describe('tier/stage as the task was opened.'),
    causes: z.array(z.string()).describe('Ids of the events that asked for it.'),
    considered: z.array(z.object({ playbook: z.string(), worth: z.number(), why: z.string() })),
    offer: z.object({ text, costMinor: z.int() }).nullable(),
    step: z.object({ index: z.int(), kind: z.string(), since: time }).nullable(),
    snoozedUntil: time.nullable(),
    claimedUntil: time.nullable(),
    escalations: z.int(),
    warnedAt: time.nullable(),
    breachedAt: time.nullable(),
    respondedAt: time.nullable(),
    resolvedAt: time.nullable(),
    endedAt: time.nullable(),
    contacts: z.array(z.object({ contactId: z.string(), channel: z.string(), purpose: z.string(), text, at: time })),
    calls: z.array(z.object({ callId: z.string(), target: z.string(), at: time })),
    measured: z
      .object({ until: time, purchases: z.int(), revenueMinor: z.int(), churned: z.boolean() })
      .nullable()
      .describe('What the customer bought until the end of the window of its effect; null until then.'),
    change: z.string().nullable(),
    changedBy: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Task' });
