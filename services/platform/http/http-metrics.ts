import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.ts';

const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts answers and their duration by route pattern (never by path) and class of status. */
export function addHttpMetrics(server: FastifyInstance, metrics: Metrics): void {
  const labels = ['route', 'status_class'];
  const requests = metrics.counter('tidewatch_http_requests_total', 'Answered HTTP requests.', labels);
  const durations = metrics.histogram(
    'tidewatch_http_request_duration_seconds',
    'Time from request to answer.',
    bucketsSeconds,
    labels,
  );
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const series = { route, status_class: `${Math.floor(reply.statusCode / 100)}xx` };
    requests.inc(series);
    durations.observe(series, reply.elapsedTime / 1000);
    done();
  });
}
