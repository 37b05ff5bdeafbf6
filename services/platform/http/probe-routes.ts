import type { FastifyInstance } from 'fastify';
import type { ReadyReport } from '../runtime/ready-report.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** `/livez`: the process answers. `/readyz`: it makes progress. `/metrics`: what Prometheus reads. */
export function addProbeRoutes(server: FastifyInstance, metrics: Metrics, ready: () => ReadyReport): void {
  addReadyGauge(metrics, ready);
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

/** Asked when Prometheus asks, so that it can raise the alarm for a process that answers and does not progress. */
function addReadyGauge(metrics: Metrics, ready: () => ReadyReport): void {
  const gauge = metrics.gauge('tidewatch_service_ready', '1 while /readyz answers ready, 0 otherwise.');
  Object.assign(gauge, { collect: () => gauge.set(ready().ready ? 1 : 0) });
}
