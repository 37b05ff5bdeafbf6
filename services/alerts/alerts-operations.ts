import { z } from 'zod';
import { taskJsonSchema } from '../core/tasks/task-json-schema.ts';
import { effectRowJsonSchema } from '../core/uplift/effect-json-schema.ts';
import { taskStatuses } from '../core/tasks/task-status.ts';
import type { ApiDescription } from '../platform/http/api-description.ts';

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
    'GET /v1/effects': {
      ...shared,
      tag: 'effects',
      summary: 'What playbooks changed: treated against held out, with intervals',
      query: z.object({
        playbook: z.string().min(1).max(200).optional(),
        segment: z.string().min(1).max(200).optional().describe('Tier and stage as tasks name them.'),
      }),
      answers: {
        200: {
          description: 'All playbooks together, then each with its segments; those that were asked for.',
          schema: z.object({
            marginRate: z.number().describe('Share of revenue that is margin, which money is counted with.'),
            suppressed: z.array(z.string()).describe('`playbook|segment` that playbooks leave alone.'),
            rows: z.array(effectRowJsonSchema),
          }),
        },
      },
      problems: [400],
    },
  },
};
