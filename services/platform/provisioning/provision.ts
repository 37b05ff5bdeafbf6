/*
 * Topics, epoch and activation of an installation, made by whichever process comes first.
 *
 * Kafka decides who is first: only one process is told that its request created the events topic. That process writes,
 * on every partition and before any event, that an epoch has started and which activation is in force; the others wait
 * until no partition is empty. If the first one died in between, they write what is missing after a while. Two of them
 * may then write it twice, which readers take as one: control ids depend on the content alone.
 *
 * The compacted view says which activation was put in force last. Who wants another one appends it to every partition
 * and then changes the view; dying in between only means that it is appended again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { ActivationView } from '../../core/events/activation-view.ts';
import type { ActivationContent, CustomerRecord } from '../../core/events/customer-record.ts';
import type { Topics } from '../../core/events/topics.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { carryCutoffs } from '../../core/scoring/carry-cutoffs.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { SchemaRegistry } from '../avro/schema-registry.ts';
import { nodeDigest } from '../crypto/node-digest.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';
import { createKafkaSink } from '../kafka/kafka-sink.ts';
import { readLog } from '../kafka/read-log.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type ActivationViews, createActivationViews } from './activation-views.ts';
import { createTopics } from './create-topics.ts';
import { epochRecords, type EpochRecords } from './epoch-records.ts';
import type { ReadLog } from './provisioning-context.ts';

export interface ProvisionOptions {
  readonly client: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly topics: Topics;
  /** Partitions of the events topic, where it has to be created. */
  readonly partitions: number;
  /** The activation that should be in force, with the segment cut-offs of the one before where it has none; null leaves that to others. */
  readonly activation: ActivationContent | null;
  readonly logger: Logger;
  readonly replicationFactor?: number;
  /** How long an empty partition may stay empty before somebody else's epoch is written for them. */
  readonly repairAfterMs?: DurationMs;
  readonly now?: () => EpochMs;
}

export interface Provisioned {
  readonly partitions: number;
  readonly epoch: number;
  /** Newest activation; null where nobody has proposed one. */
  readonly activationId: string | null;
}

const brokerDefault = -1;
const defaultRepairAfterMs: DurationMs = 10_000;
const pollMs: DurationMs = 100;

/** Makes sure that topics, epoch and the wanted activation are there. May run in several processes at once. */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const { client, topics, logger } = options;
  const admin = client.admin();
  const sink = createKafkaSink({ client });
  try {
    await admin.connect();
    const { hasCreatedEvents, partitions } = await createTopics({
      ...options,
      admin,
      replicationFactor: options.replicationFactor ?? brokerDefault,
    });
    const codecs = {
      events: await options.registry.codec<CustomerRecord>(topics.events, 'customer-event'),
      views: await options.registry.codec<ActivationView>(topics.activations, 'activation-view'),
    };
    const read: ReadLog = (topic, firstPerPartition) => readLog({ client, topic, logger, firstPerPartition });
    const emptyPartitions = async () => {
      const offsets = await admin.fetchTopicOffsets(topics.events);
      return offsets.filter(({ high }) => Number(high) === 0).map(({ partition }) => partition);
    };
    const views = createActivationViews(topics.activations, { codec: codecs.views, sink, readLog: read });
    const context = { options, sink, partitions, codec: codecs.events, views, read, emptyPartitions };
    return await new Provisioning(context).run(hasCreatedEvents);
  } catch (error) {
    throw toEngineError(error, 'provisioning the topics');
  } finally {
    await sink.stop();
    await admin.disconnect().catch(() => undefined);
  }
}

interface ProvisioningContext {
  readonly options: ProvisionOptions;
  readonly sink: LogSink;
  readonly partitions: number;
  readonly codec: RecordCodec<CustomerRecord>;
  readonly views: ActivationViews;
  readonly read: ReadLog;
  /** Partitions of the events topic that never held a record. */
  readonly emptyPartitions: () => Promise<number[]>;
}

class Provisioning {
  readonly #context: ProvisioningContext;

  constructor(context: ProvisioningContext) {
    this.#context = context;
  }

  async run(hasCreatedEvents: boolean): Promise<Provisioned> {
    const { partitions, views } = this.#context;
    const view = await views.read();
    if (hasCreatedEvents) return this.#startEpoch(view, view === null ? 'topic created' : 'topic created anew');
    await this.#waitForEpoch();
    const newest = view ?? (await views.read());
    if (newest !== null && newest.partitions !== partitions) return this.#startEpoch(newest, 're-partitioned');
    await this.#repairEmpty(newest);
    return this.#activate(newest);
  }

  /** A new numbering of partitions and offsets: on every partition, with the activation in force. */
  async #startEpoch(view: ActivationView | null, reason: string): Promise<Provisioned> {
    const { partitions } = this.#context;
    const epoch = (view?.epoch ?? 0) + 1;
    const activation = this.#wanted(view) ?? contentOf(view);
    await this.#append(allOf(partitions), { epoch: { epoch, partitions, reason }, activation, at: this.#now() });
    return this.#conclude(epoch, activation);
  }

  async #waitForEpoch(): Promise<void> {
    const deadline = performance.now() + (this.#context.options.repairAfterMs ?? defaultRepairAfterMs);
    while ((await this.#context.emptyPartitions()).length > 0 && performance.now() < deadline) await pause(pollMs);
  }

  async #repairEmpty(view: ActivationView | null): Promise<void> {
    const { options, partitions } = this.#context;
    const empty = await this.#context.emptyPartitions();
    if (empty.length === 0) return;
    options.logger.warn(
      { topic: options.topics.events, partitions: empty },
      'partitions without an epoch: their creator did not finish, so it is written now',
    );
    const epoch = { epoch: view?.epoch ?? 1, partitions, reason: 'topic created' };
    await this.#append(empty, { epoch, activation: this.#wanted(view) ?? contentOf(view), at: this.#now() });
  }

  async #activate(view: ActivationView | null): Promise<Provisioned> {
    const { partitions } = this.#context;
    const activation = this.#wanted(view);
    const epoch = view?.epoch ?? 1;
    if (activation === null) return { partitions, epoch, activationId: view?.activationId ?? null };
    if (view?.activationId === activation.activationId) return this.#done(epoch, activation);
    const missing = view === null ? await this.#partitionsBegunWithout(activation) : allOf(partitions);
    await this.#append(missing, { epoch: null, activation, at: this.#now() });
    return this.#conclude(epoch, activation);
  }

  /** Without a view, the creator may be about to write it: then the activation stands at the head of each partition. */
  async #partitionsBegunWithout({ activationId }: ActivationContent): Promise<number[]> {
    const { options, partitions, codec, read } = this.#context;
    const heads = await read(options.topics.events, 2);
    const records = await codec.decode(heads.map(({ value }) => value));
    const begunWith = new Set(
      heads.filter((_, i) => isActivation(records[i], activationId)).map(({ partition }) => partition),
    );
    return allOf(partitions).filter((partition) => !begunWith.has(partition));
  }

  #wanted(view: ActivationView | null): ActivationContent | null {
    const { activation } = this.#context.options;
    return activation === null ? null : carryCutoffs(activation, contentOf(view), nodeDigest);
  }

  async #append(partitions: readonly number[], records: EpochRecords): Promise<void> {
    const { options, sink, codec } = this.#context;
    await sink.publish(epochRecords(records, { topic: options.topics.events, partitions, codec }));
  }

  async #conclude(epoch: number, activation: ActivationContent | null): Promise<Provisioned> {
    const { options, partitions, views } = this.#context;
    if (activation === null) return { partitions, epoch, activationId: null };
    await views.write({ epoch, partitions }, activation);
    options.logger.info({ epoch, partitions, activationId: activation.activationId }, 'activation in force');
    return this.#done(epoch, activation);
  }

  #done(epoch: number, { activationId }: ActivationContent): Provisioned {
    return { partitions: this.#context.partitions, epoch, activationId };
  }

  #now(): EpochMs {
    return (this.#context.options.now ?? Date.now)();
  }
}

function isActivation(record: CustomerRecord | EngineError | undefined, activationId: string): boolean {
  return record !== undefined && !(record instanceof EngineError) && record.activation?.activationId === activationId;
}

function allOf(partitions: number): number[] {
  return Array.from({ length: partitions }, (_, partition) => partition);
}

function contentOf(view: ActivationView | null): ActivationContent | null {
  if (view === null) return null;
  return { segments: null, ...(JSON.parse(view.content) as Omit<ActivationContent, 'segments'>) };
}
