import type { AuditRecord } from '../core/audit/audit-record.ts';
import type { RetentionCommand } from '../core/commands/retention-command.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { Topics } from '../core/events/topics.ts';
import type { KpiFact } from '../core/kpis/kpi-fact.ts';
import type { LogSink } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import type { SchemaRegistry } from '../platform/avro/schema-registry.ts';
import type { KafkaClient } from '../platform/kafka/kafka-client.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { AlertsConfig } from './config.ts';

export interface AlertsCodecs {
  readonly scores: RecordCodec<Score>;
  readonly segments: RecordCodec<SegmentChanges>;
  readonly events: RecordCodec<CustomerRecord>;
  readonly commands: RecordCodec<RetentionCommand>;
  readonly tasks: RecordCodec<RetentionTask>;
  readonly audits: RecordCodec<AuditRecord>;
  readonly kpiFacts: RecordCodec<KpiFact>;
  readonly deadLetters: RecordCodec<DeadLetterRecord>;
}

/** What the parts of alerts share. */
export interface AlertsShared {
  readonly config: AlertsConfig;
  readonly installation: Installation;
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly redis: RedisConnection;
  readonly sink: LogSink;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly topics: Topics;
  readonly codecs: AlertsCodecs;
  /** States of the tasks, and where they are found. */
  readonly store: StateStore;
  readonly index: TaskIndex;
}
