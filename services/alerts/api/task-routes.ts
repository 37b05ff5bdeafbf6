import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import { taskToJson } from '../../core/tasks/task-to-json.ts';
import { encodeTaskCursor } from './task-cursor.ts';
import { parseTaskQuery } from './task-query.ts';
import type { TaskReader } from './task-reader.ts';

export interface TaskRoutesDeps {
  readonly reader: TaskReader;
  /** Lets requests with a known token pass and sets `request.tenant`. */
  readonly authorize: preHandlerAsyncHookHandler;
}

/** `GET /v1/tasks` and `GET /v1/tasks/{id}`. A caller sees the tasks of its own tenant only. */
export function addTaskRoutes(server: FastifyInstance, { reader, authorize }: TaskRoutesDeps): void {
  server.get<{ Querystring: Record<string, unknown> }>('/v1/tasks', { preHandler: authorize }, async (request) => {
    const { tasks, next } = await reader.list(request.tenant, parseTaskQuery(request.query));
    return { tasks: tasks.map(taskToJson), next: next === null ? null : encodeTaskCursor(next) };
  });

  server.get<{ Params: { id: string } }>('/v1/tasks/:id', { preHandler: authorize }, async (request) => {
    const task = await reader.get(request.tenant, request.params.id);
    if (task !== null) return taskToJson(task);
    const message = 'The task is unknown: check its id, or read older tasks from the tasks topic.';
    throw new EngineError('ERR_NOT_FOUND', message, { retryable: false });
  });
}
