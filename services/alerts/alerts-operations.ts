import { z } from 'zod';
import { taskJsonSchema } from '../core/tasks/task-json-schema.ts';
import { taskStatuses } from '../core/tasks/task-status.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';
import { caseOperations } from './describe-cases.ts';
import { commandOperations } from './describe-commands.ts';
import { effectsOperations } from './describe-effects.ts';
import { queueOperations } from './describe-queues.ts';
import { surveyOperations } from './describe-surveys.ts';
import { kpiOperations } from './describe-kpis.ts';
import { loyaltyOperations } from './describe-loyalty.ts';
import { deliveryOperations } from './delivery-operations.ts';

const shared = { tag: 'tasks', access: 'token' } as const;

/** The HTTP interface of alerts, for `/openapi.json`. */
export const alertsApi: ApiDescription = {
  title: 'Tidewatch alerts',
  description: 'Retention tasks of the tenant whose token is sent.',
  operations: {
    'GET /v1/tasks': {
      ...shared,
      summary: 'Tasks, the newest or the best first',
      query: z.object({
        status: z.enum(taskStatuses).optional(),
        owner: z.string().min(1).max(200).optional(),
        queue: z.string().min(1).max(200).optional(),
        arm: z
          .enum(['treated', 'holdout'])
          .optional()
          .describe('Both when absent, `treated` where an owner or a queue is named; `holdout`: customers left alone.'),
        sort: z.enum(['newest', 'priority']).default('newest'),
        limit: z.int().min(1).max(200).default(50),
        cursor: z.string().optional().describe('The `next` of the page before.'),
      }),
      answers: {
        200: {
          description: 'A page, which may be short although `next` leads on.',
          schema: z.object({ tasks: z.array(taskJsonSchema), next: z.string().nullable() }),
        },
      },
      problems: [400, 503],
    },
    'GET /v1/tasks/{id}': {
      ...shared,
      summary: 'One task',
      path: z.object({ id: z.string() }),
      answers: { 200: { description: 'The task.', schema: taskJsonSchema } },
      problems: [404, 503],
    },
    ...caseOperations,
    ...surveyOperations,
    ...commandOperations,
    ...queueOperations,
    ...loyaltyOperations,
    ...effectsOperations,
    ...deliveryOperations,
    ...kpiOperations,
  },
};
