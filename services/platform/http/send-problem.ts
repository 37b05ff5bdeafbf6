import type { FastifyReply } from 'fastify';
import { problemContentType } from './problem.ts';
import type { Problem } from './problem.ts';

const retryAfterSeconds = 1;

/** Answers a request with a problem body; one that passes by itself says when to come again. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (problem.status === 503) reply.header('retry-after', retryAfterSeconds);
  reply.code(problem.status).header('content-type', problemContentType).send(JSON.stringify(problem));
}
