import { z } from 'zod';
import { scoreJsonSchema } from '../scoring/score-json-schema.ts';
import { taskStatuses } from './task-status.ts';

const time = z.iso.datetime();

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
    text: z.object({ en: z.string(), 'zh-CN': z.string() }),
    arm: z.enum(['treated', 'holdout']),
    outcome: z.object({ result: z.string(), reason: z.string().nullable(), at: time.nullable() }).nullable(),
  })
  .meta({ id: 'Task' });
