import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from '../import/target.ts';

/** Writes facts to the topic of KPI facts; open until `stop`. */
export interface FactPublisher {
  publish(facts: readonly KpiFact[]): Promise<void>;
  stop(): Promise<void>;
}

/** @throws ERR_TOPIC_MISSING at the first publish where the installation was not provisioned */
export async function openFactPublisher(target: Target, io: CliIo): Promise<FactPublisher> {
  const logger = createLogger({ name: 'kpi', level: 'fatal', destination: io.stderr });
  const registry = createSchemaRegistry({ ...target.connections.registry, logger });
  const topic = topicsWithPrefix(target.topicPrefix).kpiFacts;
  const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-kpi', logger });
  const sink = createKafkaSink({ client });
  return {
    publish: (facts) =>
      sink.publish(
        facts.map((fact) => ({ topic, key: fact.surrogate, value: codec.encode(fact), timestamp: fact.at })),
      ),
    stop: () => sink.stop(),
  };
}
