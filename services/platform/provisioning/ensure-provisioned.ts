import type { ActivationContent } from '../../core/events/customer-record.ts';
import { topicsWithPrefix } from '../../core/events/topics.ts';
import { featureNames } from '../../core/features/feature-catalogue.ts';
import { activationFromManifest } from '../../core/scoring/activation.ts';
import type { DurationMs } from '../../core/units.ts';
import type { SchemaRegistry } from '../avro/schema-registry.ts';
import { nodeDigest } from '../crypto/node-digest.ts';
import { checkKafka } from '../kafka/check-kafka.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import { readSegments } from '../runtime/read-segments.ts';
import { refuseHeldModel } from '../runtime/refuse-held-model.ts';
import { waitForDependency } from '../runtime/start-dependencies.ts';
import type { Logger } from '../telemetry/logger.ts';
import { readArtefact } from '../tensorflow/read-artefact.ts';
import { createOutputTopics } from './create-output-topics.ts';
import { provision, type Provisioned } from './provision.ts';

export interface EnsureProvisionedOptions {
  /** The service's configuration, as far as it concerns topics. */
  readonly config: {
    readonly KAFKA_BROKERS: readonly string[];
    readonly SCHEMA_REGISTRY_URL: string;
    readonly TIDEWATCH_TOPIC_PREFIX: string;
    readonly TIDEWATCH_OUTPUT_TOPIC_PREFIX?: string | undefined;
    readonly TIDEWATCH_SEGMENTS_FILE?: string | undefined;
    readonly TIDEWATCH_PARTITIONS: number;
    readonly TIDEWATCH_START_TIMEOUT_MS: DurationMs;
  };
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  /** Model to put in force with the segment configuration, by a service that scores; others leave that to it. */
  readonly modelDir?: string;
  /** Cut-offs of segments to put in force; those in force stay when absent. */
  readonly tierCutoffs?: ActivationContent['tierCutoffs'];
  /** Backend that the scores are computed with. */
  readonly backend?: string;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}

const defaultBackend = 'wasm';

/** Waits for Kafka and the registry, then provisions: the first thing a service does with either. */
export async function ensureProvisioned(options: EnsureProvisionedOptions): Promise<Provisioned> {
  const { config, client, registry, logger, signal } = options;
  const wait = { timeoutMs: config.TIDEWATCH_START_TIMEOUT_MS, logger, signal };
  const kafka = { address: config.KAFKA_BROKERS.join(','), variable: 'KAFKA_BROKERS' };
  const schemas = { address: config.SCHEMA_REGISTRY_URL, variable: 'SCHEMA_REGISTRY_URL' };
  const activation = await proposedActivation(options);
  await waitForDependency('Kafka', () => checkKafka(client), { ...wait, ...kafka });
  await waitForDependency('the schema registry', () => registry.check(), { ...wait, ...schemas });
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const partitions = config.TIDEWATCH_PARTITIONS;
  const made = await waitForDependency(
    'Kafka',
    () => provision({ client, registry, topics, partitions, activation, logger }),
    { ...wait, ...kafka },
  );
  const outputPrefix = config.TIDEWATCH_OUTPUT_TOPIC_PREFIX ?? config.TIDEWATCH_TOPIC_PREFIX;
  if (outputPrefix !== config.TIDEWATCH_TOPIC_PREFIX) {
    await createOutputTopics({ client, topics: topicsWithPrefix(outputPrefix), partitions: made.partitions, logger });
  }
  return made;
}

async function proposedActivation({
  config,
  modelDir,
  backend = defaultBackend,
  tierCutoffs = [],
}: EnsureProvisionedOptions): Promise<ActivationContent | null> {
  if (modelDir === undefined) return null;
  await refuseHeldModel(modelDir);
  const { manifest, manifestHash } = await readArtefact(modelDir);
  const { version: segments } = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  return activationFromManifest({ manifest, manifestHash, backend, segments, tierCutoffs }, nodeDigest);
}
