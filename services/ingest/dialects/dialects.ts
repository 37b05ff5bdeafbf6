import { cloudEventsDialect } from './cloudevents/cloudevents-dialect.ts';
import type { Dialect } from './dialect.ts';
import { plainDialect } from './plain/plain-dialect.ts';
import { posthogDialect } from './posthog/posthog-dialect.ts';
import { segmentDialect } from './segment/segment-dialect.ts';
import { snowplowDialect } from './snowplow/snowplow-dialect.ts';

/** Every protocol that ingest serves. */
export const dialects: readonly Dialect[] = [
  segmentDialect,
  posthogDialect,
  snowplowDialect,
  cloudEventsDialect,
  plainDialect,
];
