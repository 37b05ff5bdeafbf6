import type { FastifyInstance } from 'fastify';
import type { DurationMs } from '../../core/units.ts';
import { sendProblem } from './send-problem.ts';
import { plainProblem } from './to-problem.ts';

/**
 * What `close` does with connections: idle ones are dropped, answers under way may be finished, new requests on open
 * connections get 503, and what is left after the grace is dropped.
 */
export function closeWithinGrace(server: FastifyInstance, graceMs: DurationMs): void {
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    server.server.closeIdleConnections();
    setTimeout(() => server.server.closeAllConnections(), graceMs).unref();
    done();
  });
  server.addHook('onRequest', (_request, reply, done) => {
    if (isClosing) sendProblem(reply, plainProblem(503, 'This process is stopping; send the request again.'));
    else done();
  });
}
