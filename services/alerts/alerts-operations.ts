import { z } from 'zod';
import { taskJsonSchema } from '../core/tasks/task-json-schema.ts';
import { taskStatuses } from '../core/tasks/task-status.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';
import { deliveryOperations } from './delivery-operations.ts';

const shared = { tag: 'tasks', access: 'token' } as const;

/** The HTTP interface of alerts, for `/openapi.json`. */
export const alertsApi: ApiDescription = {
  title: 'Tidewatch alerts',
  description: 'Retention tasks of the tenant whose token is sent.',
  operations: {
    'GET /v1/tasks': {
      ...shared,
      summary: 'Tasks, the newest first',
      query: z.object({
        status: z.enum(taskStatuses).optional(),
        owner: z.string().min(1).max(200).optional(),
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
    ...deliveryOperations,
  },
};
