import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { commandFaults, type CommandFault } from '../../core/commands/command-fault.ts';
import { EngineError } from '../../core/errors.ts';
import { findTask } from '../../core/tasks/find-task.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import { taskToJson } from '../../core/tasks/task-to-json.ts';
import type { Surrogate } from '../../core/units.ts';
import { leaveAloneBody, readCommandBody, taskCommandBodies, taskVerbs, type TaskVerb } from './command-bodies.ts';
import { actorOf, idempotencyKeyOf } from './command-request.ts';
import type { CommandAnswer, CommandService } from './command-service.ts';
import type { TaskReader } from './task-reader.ts';

export interface CommandRoutesDeps {
  readonly reader: Pick<TaskReader, 'get'>;
  readonly commands: CommandService;
  /** Turns an id as APIs take it into the surrogate; null for what is no id. */
  readonly surrogateOf: (tenant: string, id: string) => Surrogate | null;
  readonly authorize: preHandlerAsyncHookHandler;
}

type OfOne = FastifyRequest<{ Params: { id: string }; Body: unknown }>;

/** `POST /v1/tasks/{id}/<verb>` and `POST /v1/customers/{id}/leave-alone`. */
export function addCommandRoutes(server: FastifyInstance, deps: CommandRoutesDeps): void {
  const { authorize: preHandler } = deps;
  for (const verb of taskVerbs) {
    server.post(`/v1/tasks/:id/${verb}`, { preHandler }, (request, reply) =>
      commandTask(deps, request as OfOne, { verb, reply }),
    );
  }
  server.post('/v1/customers/:id/leave-alone', { preHandler }, (request, reply) =>
    leaveAlone(deps, request as OfOne, reply),
  );
}

async function commandTask(
  { reader, commands }: CommandRoutesDeps,
  request: OfOne,
  { verb, reply }: { readonly verb: TaskVerb; readonly reply: FastifyReply },
): Promise<object> {
  const body = readCommandBody(taskCommandBodies[verb], request.body);
  const idempotencyKey = idempotencyKeyOf(request);
  const { tenant, params } = request;
  const task = await reader.get(tenant, params.id);
  if (task === null) throw notFound('The task is unknown: check its id.');
  const { surrogate, taskId } = task;
  const actor = actorOf(request, body);
  const answer = await commands.submit({ key: { tenant, surrogate }, verb, taskId, body, actor, idempotencyKey });
  return toReply(reply, answer, () => taskToJson(taskOf(answer, taskId) ?? task));
}

async function leaveAlone(
  { commands, surrogateOf }: CommandRoutesDeps,
  request: OfOne,
  reply: FastifyReply,
): Promise<object> {
  const body = readCommandBody(leaveAloneBody, request.body);
  const idempotencyKey = idempotencyKeyOf(request);
  const { tenant, params } = request;
  const surrogate = surrogateOf(tenant, params.id);
  if (surrogate === null) {
    throw notFound('This is not a customer id; use user:ID, ID, or ~ followed by 32 hexadecimal digits.');
  }
  const actor = actorOf(request, body);
  const ask = { key: { tenant, surrogate }, verb: 'leave-alone', taskId: null, body, actor, idempotencyKey } as const;
  const answer = await commands.submit(ask);
  const until = typeof body.until === 'string' ? new Date(body.until).toISOString() : null;
  return toReply(reply, answer, () => ({ commandId: answer.commandId, customerId: `~${surrogate}`, until }));
}

/** The task as the state had it when it showed the command. */
export function taskOf(answer: CommandAnswer, taskId: string): RetentionTask | null {
  return answer.kind === 'applied' ? findTask(answer.state, taskId) : null;
}

/** 200 when it is done, 202 when it is still to be done. @throws for what is refused */
export function toReply(reply: FastifyReply, answer: CommandAnswer, done: () => object): object {
  if (answer.kind === 'refused') throw refused(answer.fault);
  if (answer.kind === 'applied') return done();
  reply.code(202);
  return { commandId: answer.commandId };
}

function refused(fault: CommandFault): EngineError {
  const message = `${fault}: ${commandFaults[fault]}.`;
  return new EngineError('ERR_COMMAND_REFUSED', message, { retryable: false, context: { fault } });
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
