import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { PlaybooksDocument } from '../../core/playbooks/playbook-document.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { TaskIndex } from '../../core/ports/task-index.ts';
import { queueOverflow } from '../../core/queues/queue-overflow.ts';
import { taskToJson } from '../../core/tasks/task-to-json.ts';
import { claimBody, readCommandBody } from '../describe-command-bodies.ts';
import { actorOf } from './command-request.ts';
import { taskOf, toReply } from './command-routes.ts';
import type { CommandService } from './command-service.ts';
import type { QueuePicker } from './queue-picker.ts';

export interface QueueRoutesDeps {
  readonly index: TaskIndex;
  readonly picker: QueuePicker;
  readonly commands: CommandService;
  /** Queues of the playbooks in force. */
  readonly queues: () => PlaybooksDocument['queues'];
  readonly clock: Clock;
  readonly authorize: preHandlerAsyncHookHandler;
}

/** Tasks that others may take away before a caller is told that nothing can be had now. */
const maxTries = 5;

/** `GET /v1/queues` and `POST /v1/queues/{queue}/claim`. */
export function addQueueRoutes(server: FastifyInstance, deps: QueueRoutesDeps): void {
  const { authorize: preHandler } = deps;
  server.get('/v1/queues', { preHandler }, async ({ tenant }) => ({ queues: await readQueues(deps, tenant) }));
  server.post<{ Params: { queue: string }; Body: unknown }>(
    '/v1/queues/:queue/claim',
    { preHandler },
    async (request, reply) => claimNext(deps, request, reply),
  );
}

function readQueues({ index, queues, clock }: QueueRoutesDeps, tenant: string): Promise<object[]> {
  const now = clock.now();
  return Promise.all(
    Object.entries(queues()).map(async ([queue, { label, capacity }]) => {
      const { waiting, overdue } = await index.countQueue(tenant, queue, now);
      const overflow = queueOverflow(waiting, overdue, capacity);
      return { queue, label: { en: label.en, 'zh-CN': label.zhCN }, capacity, open: waiting, overflow, overdue };
    }),
  );
}

/** Another caller may be faster: then the next best is tried. */
async function claimNext(
  { picker, commands, queues }: QueueRoutesDeps,
  request: FastifyRequest<{ Params: { queue: string }; Body: unknown }>,
  reply: FastifyReply,
): Promise<object | null> {
  const body = readCommandBody(claimBody, request.body);
  const { tenant, params } = request;
  if (!Object.hasOwn(queues(), params.queue)) throw unknownQueue(Object.keys(queues()));
  const actor = actorOf(request, body);
  for (const task of (await picker.next(tenant, params.queue)).slice(0, maxTries)) {
    const { surrogate, taskId } = task;
    const key = { tenant, surrogate };
    const answer = await commands.submit({ key, verb: 'claim', taskId, body, actor, idempotencyKey: null });
    if (answer.kind !== 'refused') return toReply(reply, answer, () => taskToJson(taskOf(answer, taskId) ?? task));
  }
  reply.code(204);
  return null;
}

function unknownQueue(names: readonly string[]): EngineError {
  const message = `The playbooks in force have no such queue; they have ${names.join(', ')}.`;
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
