import { z } from 'zod';
import { taskJsonSchema } from '../core/tasks/task-json-schema.ts';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import { claimBody } from './describe-command-bodies.ts';
import { accepted } from './describe-commands.ts';

const queue = z
  .object({
    queue: z.string(),
    label: z.object({ en: z.string(), 'zh-CN': z.string() }),
    capacity: z.int().nullable().describe('Tasks a day; null for as many as come.'),
    open: z.int().describe('Tasks that wait.'),
    overflow: z.int().describe('Those of them beyond the capacity; what is overdue is never one of them.'),
    overdue: z.int().describe('Those of them whose first answer was due before now.'),
  })
  .meta({ id: 'Queue' });

const shared = { tag: 'queues', access: 'token' } as const;

/** What waits in the queues of the playbooks, and taking the next. */
export const queueOperations: Readonly<Record<string, ApiOperation>> = {
  'GET /v1/queues': {
    ...shared,
    summary: 'The queues of the playbooks in force',
    answers: { 200: { description: 'In the order of the file.', schema: z.object({ queues: z.array(queue) }) } },
    problems: [503],
  },
  'POST /v1/queues/{queue}/claim': {
    ...shared,
    summary: 'Takes the most urgent task of a queue',
    description: 'First what is overdue, then by priority. Each caller gets another task.',
    path: z.object({ queue: z.string() }),
    body: { schema: claimBody },
    answers: {
      200: { description: 'Taken; the task as it is now.', schema: taskJsonSchema },
      202: accepted,
      204: { description: 'Nothing waits that can be taken now.' },
    },
    problems: [400, 404, 413, 503],
  },
};
