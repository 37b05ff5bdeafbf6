import { dialects } from '../../services/ingest/dialects/dialects.ts';
import type { Slo } from './slo.ts';

const ingestRoutes = [...new Set(dialects.flatMap(({ calls }) => calls.map(({ path }) => path)))].sort().join('|');
const duration = 'tidewatch_http_request_duration_seconds';
const way = 'tidewatch_event_to_score_seconds';
const taskRoutes = 'job="alerts",route=~"/v1/tasks.*"';

/** Every promise that pages are made of. Jobs are named as the services are. */
export const slos: readonly Slo[] = [
  {
    name: 'ingest-availability',
    alert: 'IngestAvailability',
    promise: 'Of the requests of senders, 99.9 % are taken: neither turned down nor failed for want of Kafka or Redis.',
    objective: 0.999,
    total: 'tidewatch_ingest_requests_total{job="ingest"}',
    counted: {
      bad: ['tidewatch_ingest_turned_down_total{job="ingest"}', 'tidewatch_ingest_write_failures_total{job="ingest"}'],
    },
  },
  {
    name: 'ingest-latency',
    alert: 'IngestLatency',
    promise: 'Of the requests of senders, 99 % are answered within half a second.',
    objective: 0.99,
    total: `${duration}_count{job="ingest",route=~"${ingestRoutes}"}`,
    counted: { good: [`${duration}_bucket{job="ingest",le="0.5",route=~"${ingestRoutes}"}`] },
  },
  {
    name: 'score-freshness',
    alert: 'ScoreFreshness',
    promise: 'Of the live events, 99 % have their score within five seconds of their receipt.',
    objective: 0.99,
    total: 'tidewatch_score_freshness_seconds_count{job="scorer"}',
    counted: { good: ['tidewatch_score_freshness_seconds_bucket{job="scorer",le="5"}'] },
  },
  {
    name: 'event-to-score',
    alert: 'EventToScore',
    promise:
      'Of the live events, 95 % have their score within a minute of when they happened, the delay of senders included.',
    objective: 0.95,
    total: `${way}_count{job="scorer"}`,
    counted: { good: [`${way}_bucket{job="scorer",le="60"}`] },
  },
  {
    name: 'task-api-availability',
    alert: 'TaskApiAvailability',
    promise: 'Of the requests about tasks, 99.9 % are answered without a fault of ours.',
    objective: 0.999,
    total: `tidewatch_http_requests_total{${taskRoutes}}`,
    counted: { bad: [`tidewatch_http_requests_total{${taskRoutes},status_class="5xx"}`] },
  },
  {
    name: 'delivery-success',
    alert: 'DeliverySuccess',
    promise: 'Of the deliveries that come to an end, 99 % reach their receiver.',
    objective: 0.99,
    total: 'tidewatch_deliveries_total{job="alerts",result=~"sent|dead"}',
    counted: { bad: ['tidewatch_deliveries_total{job="alerts",result="dead"}'] },
  },
];
