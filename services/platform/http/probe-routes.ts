import type { FastifyInstance } from 'fastify';
import type { ReadyReport } from '../runtime/ready-report.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** `/livez`: the process answers. `/readyz`: it makes progress. `/metrics`: what Prometheus reads. */
export function addProbeRoutes(server: FastifyInstance, metrics: Metrics, ready: () => ReadyReport): void {
  server.get('/livez', () => ({ live: true }));
  server.get('/readyz', (_request, reply) => {
    const report = ready();
    return reply
      .code(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  });
  server.get('/metrics', async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.header('content-type', metrics.registry.contentType).send(text);
  });
}
