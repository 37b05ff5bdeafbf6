import { z } from 'zod';
import { taskJsonSchema } from '../core/tasks/task-json-schema.ts';
import type { ApiOperation } from '../platform/http/api-operation.ts';
import { leaveAloneBody, taskCommandBodies, type TaskVerb, taskVerbs } from './api/command-bodies.ts';

const summaries: Readonly<Record<TaskVerb, string>> = {
  claim: 'Takes a task, for a time',
  assign: 'Gives a task to a queue or a person',
  respond: 'Says that the customer was answered',
  resolve: 'Ends a task with what came of it',
  snooze: 'Lets a task wait',
  escalate: 'Brings a task before the next in line',
  outcome: 'Says later what came of a task',
  note: 'Puts a note on a task',
};

export const accepted = {
  description: 'It stands in the log and will be dealt with; nothing showed within two seconds.',
  schema: z.object({ commandId: z.string() }),
};

export const commandHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key for the same customer again gives the first answer and does nothing twice.'),
});

const shared = { access: 'token', headers: commandHeaders, problems: [400, 404, 409, 413, 503] } as const;

function taskOperation(verb: TaskVerb): [string, ApiOperation] {
  return [
    `POST /v1/tasks/{id}/${verb}`,
    {
      ...shared,
      tag: 'tasks',
      summary: summaries[verb],
      path: z.object({ id: z.string() }),
      body: { schema: taskCommandBodies[verb] },
      answers: { 200: { description: 'Done; the task as it is now.', schema: taskJsonSchema }, 202: accepted },
    },
  ];
}

/** What can be asked of tasks and customers. */
export const commandOperations: Readonly<Record<string, ApiOperation>> = {
  ...Object.fromEntries(taskVerbs.map(taskOperation)),
  'POST /v1/customers/{id}/leave-alone': {
    ...shared,
    tag: 'customers',
    summary: 'Contacts a customer no more until a time',
    path: z.object({
      id: z.string().describe('A user id (`42` or `user:42`), `anonymous:…`, or the pseudonym, `~` and 32 hex digits.'),
    }),
    body: { schema: leaveAloneBody },
    answers: {
      200: {
        description: 'Done.',
        schema: z.object({
          commandId: z.string(),
          customerId: z.string(),
          until: z.iso.datetime().nullable(),
        }),
      },
      202: accepted,
    },
  },
};
