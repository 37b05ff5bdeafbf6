import { z } from 'zod';
import { caseStatuses } from './case-status.ts';

const time = z.iso.datetime();

/** What `caseToJson` writes. */
export const caseJsonSchema = z
  .object({
    caseId: z.string(),
    version: z.int().min(1).describe('Grows with each change.'),
    customerId: z.string().describe('`~` and the surrogate.'),
    channel: z.string(),
    nature: z.enum(['product', 'service', 'after-sales']),
    weight: z.enum(['routine', 'complex', 'urgent']),
    isComplaint: z.boolean(),
    status: z.enum(caseStatuses),
    queue: z.string().describe('The team it waits in.'),
    owner: z.string().nullable().describe('Who took it.'),
    priority: z.number().describe('Urgency × tier × risk; higher first.'),
    tier: z.string().nullable().describe('Of the customer as the case was opened.'),
    openedAt: time,
    updatedAt: time,
    progressedAt: time.describe('When anything was last done about it.'),
    dueAt: time.nullable().describe('The first of its clocks to run out; null while none runs.'),
    waitingIn: z.string().nullable(),
    isStuck: z.boolean(),
    causeCode: z.string().nullable(),
    reopenings: z.int(),
    clocks: z.array(
      z.object({
        name: z.enum(['answer', 'handling', 'complaint', 'resolution', 'followUp']),
        startedAt: time,
        dueAt: time.nullable(),
        metAt: time.nullable(),
        isRunning: z.boolean(),
        warned: z.boolean(),
        overdue: z.boolean(),
        escalations: z.int().describe('Steps of the escalation taken.'),
      }),
    ),
  })
  .meta({ id: 'Case' });
