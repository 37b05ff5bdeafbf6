import type { FastifyInstance } from 'fastify';
import type { Metrics, SeriesOptions } from '../telemetry/metrics.ts';

/** Few: each route has all of them, and a service has dozens of routes. */
const bucketsSeconds = [0.005, 0.025, 0.1, 0.5, 2.5, 10];

/** Routes are a closed set, and each has at most five classes of status. */
const mostSeries: SeriesOptions = { maxSeries: 500 };

/** Asked by machines all day long: their answers would hide those that people wait for. */
const untimed: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics', '/openapi.json']);

/**
 * Counts answers by route pattern (never by path) and class of status, and their duration by what the route is about, its
 * pattern before the first parameter: a histogram of each route, or of each class, would have a thousand series.
 */
export function addHttpMetrics(server: FastifyInstance, metrics: Metrics): void {
  const requests = metrics.counter(
    'tidewatch_http_requests_total',
    'Answered HTTP requests.',
    ['route', 'status_class'],
    mostSeries,
  );
  const durations = metrics.histogram(
    'tidewatch_http_request_duration_seconds',
    'Time from request to answer, by the part of the route before its first parameter; probes and scrapes are not timed.',
    bucketsSeconds,
    ['route'],
  );
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const series = { route, status_class: `${Math.floor(reply.statusCode / 100)}xx` };
    requests.inc(series);
    if (!untimed.has(route)) durations.observe({ route: beforeParameter(route) }, reply.elapsedTime / 1000);
    done();
  });
}

function beforeParameter(route: string): string {
  return route.replace(/\/:.*$/, '') || '/';
}
