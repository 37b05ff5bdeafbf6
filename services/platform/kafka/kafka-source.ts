import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Consumer } from 'kafkajs';
import type { EngineError } from '../../core/errors.ts';
import type { LogSource, PartitionHealth } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { BatchDelivery, type ChunkHandler } from './batch-delivery.ts';
import { coPartitionAssigner } from './co-partition-assigner.ts';
import { ConsumerPulse, type PulseAges } from './consumer-pulse.ts';
import type { NeededRights } from './describe-denial.ts';
import { type Assignment, GroupMembership } from './group-membership.ts';
import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';
import type { BeginWithin } from './recent-offsets.ts';
import { PartitionWatch } from './partition-watch.ts';
import { TopicIds } from './topic-ids.ts';
import { waitForTopics } from './wait-for-topics.ts';

export interface KafkaSourceOptions {
  readonly client: KafkaClient;
  readonly groupId: string;
  readonly logger: Logger;
  readonly topic?: string;
  /** Several topics are assigned together: a member that owns partition p of one owns it of all. */
  readonly topics?: readonly string[];
  /**
   * By topic: where the group has never committed a partition, it begins with the records of so long before now, in place
   * of the oldest one. For topics that a service takes up while they hold years.
   */
  readonly beginWithin?: BeginWithin;
  readonly metrics?: Metrics;
  /** Label of its metrics, where the process has several groups; the main one has none. */
  readonly group?: string;
  /** Partitions worked on at the same time. */
  readonly partitionsConcurrently?: number;
  readonly maxChunkRecords?: number;
  /** Upper bound of what one fetch brings per partition. A fetch waits until the one before is worked off. */
  readonly maxBytesPerPartition?: number;
  readonly sessionTimeoutMs?: DurationMs;
  readonly heartbeatIntervalMs?: DurationMs;
  /** How long the group waits for a member that still works. */
  readonly rebalanceTimeoutMs?: DurationMs;
  /** How long a chunk under way may go on after a rebalance was announced. */
  readonly drainMs?: DurationMs;
  /** How long to wait at start for topics that do not exist yet. */
  readonly topicWaitMs?: DurationMs;
  /** Longest wait of the broker for records; also the delay of a seek, a retry and a stop on idle partitions. */
  readonly fetchWaitMs?: DurationMs;
  readonly maxRetryPauseMs?: DurationMs;
  /** How often the ends of the partitions are asked for. */
  readonly watchIntervalMs?: DurationMs;
  /** How long partitions added to a topic may go unnoticed. */
  readonly metadataMaxAgeMs?: DurationMs;
  /**
   * What to do when the log no longer holds the committed offset. `resume` goes on at the oldest record; both say so
   * loudly and count it.
   */
  readonly whenOffsetLost?: 'resume' | 'stop';
}

const defaults = {
  partitionsConcurrently: 4,
  maxChunkRecords: 500,
  maxBytesPerPartition: 512 * 1024,
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 3_000,
  rebalanceTimeoutMs: 60_000,
  drainMs: 10_000,
  topicWaitMs: 30_000,
  fetchWaitMs: 250,
  maxRetryPauseMs: 5_000,
  watchIntervalMs: 5_000,
  metadataMaxAgeMs: 30_000,
  whenOffsetLost: 'resume',
} as const;

type Settings = KafkaSourceOptions & Required<Pick<KafkaSourceOptions, keyof typeof defaults>>;

/**
 * The client's own restart after a crash comes every 100 ms, for ever and without growing, and leaks listeners: it is
 * switched off, and the source joins again by itself.
 */
const retry = {
  initialRetryTime: 100,
  multiplier: 2,
  factor: 0.2,
  maxRetryTime: 1_000,
  retries: 5,
  restartOnFailure: () => Promise.resolve(false),
} as const;

const firstRejoinPauseMs = 250;
const maxRejoinPauseMs = 5_000;

/** A source that also shows its own signs of life, apart from those of its partitions. */
export interface KafkaLogSource extends LogSource {
  /** Null before the first join. */
  pulse(): PulseAges | null;
}

/** Reads topics as a member of a consumer group; offsets are committed by the handler through its lease only. */
export function createKafkaSource(options: KafkaSourceOptions): KafkaLogSource {
  return new KafkaSource(options);
}

class KafkaSource implements KafkaLogSource {
  readonly #options: Settings;
  readonly #topics: readonly string[];
  readonly #membership: GroupMembership;
  readonly #rebalances: ReturnType<Metrics['counter']> | undefined;
  readonly #watch: PartitionWatch;
  readonly #pulse = new ConsumerPulse();
  readonly #admin: Admin;
  readonly #topicIds: TopicIds;
  readonly #assignedListeners: ((partitions: readonly number[]) => void)[] = [];
  readonly #fatalListeners: ((error: Error) => void)[] = [];
  #consumer: Consumer | null = null;
  #delivery: BatchDelivery | null = null;
  #fatal: EngineError | null = null;
  #stopping = false;
  readonly #interrupt = new AbortController();
  #closing: Promise<void> | null = null;
  #rejoining: Promise<void> | null = null;

  constructor(options: KafkaSourceOptions) {
    const settings = withDefaults(options);
    this.#options = settings;
    this.#topics = options.topics ?? (options.topic === undefined ? [] : [options.topic]);
    if (this.#topics.length === 0) throw new RangeError('a source needs a topic');
    this.#rebalances = options.metrics?.counter(
      'tidewatch_group_rebalances_total',
      'Times this process had to join its consumer group again.',
    );
    this.#membership = new GroupMembership(settings.drainMs);
    this.#admin = options.client.admin();
    this.#topicIds = new TopicIds(this.#admin);
    this.#watch = new PartitionWatch({
      admin: this.#admin,
      groupId: options.groupId,
      intervalMs: settings.watchIntervalMs,
      logger: options.logger,
      metrics: options.metrics,
      group: options.group,
      topicIds: this.#topicIds,
      beginWithin: options.beginWithin,
      onBegin: (topic, partition, offset) => this.#beginAt(topic, partition, offset),
      onNewLog: (topic, partition) => this.#consumer?.seek({ topic, partition, offset: '0' }),
      onOffsetLost: (error) => {
        if (settings.whenOffsetLost === 'stop') this.#fail(error);
      },
    });
  }

  async start(handle: ChunkHandler): Promise<void> {
    try {
      await this.#join(handle);
    } catch (error) {
      await this.#disconnect();
      throw toEngineError(error, `starting to read ${this.#topics.join(', ')}`, this.#rights());
    }
  }

  onAssigned(listener: (partitions: readonly number[]) => void): void {
    this.#assignedListeners.push(listener);
  }

  onFatal(listener: (error: Error) => void): void {
    this.#fatalListeners.push(listener);
    if (this.#fatal !== null) listener(this.#fatal);
  }

  health(): readonly PartitionHealth[] {
    return this.#watch.health();
  }

  pulse(): PulseAges | null {
    return this.#pulse.ages(Date.now());
  }

  rewindIdle(partition: number, offset: number): void {
    for (const { topic, partition: owned, lag, offset: position } of this.#watch.health()) {
      if (owned !== partition || (lag ?? 0) > 0 || offset >= position) continue;
      this.#watch.of(topic, partition)?.moveTo(offset);
      this.#consumer?.seek({ topic, partition, offset: String(offset) });
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#interrupt.abort();
    await this.#disconnect();
    await this.#rejoining;
    await this.#disconnect();
    this.#membership.left();
  }

  async #join(handle: ChunkHandler): Promise<void> {
    await this.#admin.connect();
    await waitForTopics(this.#admin, this.#topics, {
      timeoutMs: this.#options.topicWaitMs,
      signal: this.#interrupt.signal,
    });
    await this.#watch.reportLostOffsets(this.#topics);
    if (this.#fatal !== null) throw this.#fatal;
    const consumer = this.#createConsumer();
    this.#consumer = consumer;
    this.#delivery?.stop();
    const delivery = this.#createDelivery(consumer, handle);
    this.#delivery = delivery;
    const joined = this.#listen(consumer, handle);
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.#topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#options.partitionsConcurrently,
      eachBatch: (payload) => delivery.deliver(payload),
    });
    await joined;
  }

  /** After a crash: joins with a new consumer, as often as it takes; an error that nothing can mend ends the source. */
  async #rejoin(handle: ChunkHandler): Promise<void> {
    for (let attempts = 0; !this.#stopping && this.#fatal === null; attempts++) {
      const pauseMs = Math.min(maxRejoinPauseMs, firstRejoinPauseMs * 2 ** Math.min(attempts, 10));
      await pause(pauseMs, undefined, { signal: this.#interrupt.signal }).catch(() => undefined);
      if (this.#stopping) return;
      try {
        await this.#join(handle);
        this.#options.logger.info({ groupId: this.#options.groupId, attempts }, 'joined the group again');
        return;
      } catch (error) {
        await this.#consumer?.disconnect().catch(() => undefined);
        const fault = toEngineError(error, `joining the group ${this.#options.groupId} again`, this.#rights());
        // Topics that do not come back while they are waited for were deleted.
        if (!isPassing(error, fault) || fault.code === 'ERR_TOPIC_MISSING') this.#fail(fault);
        else if (attempts % 10 === 0) this.#options.logger.warn({ code: fault.code, attempts }, fault.message);
      }
    }
  }

  #createDelivery(consumer: Consumer, handle: ChunkHandler): BatchDelivery {
    const { maxChunkRecords, maxRetryPauseMs, logger } = this.#options;
    return new BatchDelivery({
      consumer,
      membership: this.#membership,
      watch: this.#watch,
      pulse: this.#pulse,
      topicIds: this.#topicIds,
      maxChunkRecords,
      maxRetryPauseMs,
      logger,
      handle,
      onFatal: (error) => this.#fail(error),
      isStopping: () => this.#stopping || this.#fatal !== null,
    });
  }

  #createConsumer(): Consumer {
    const { client, groupId, sessionTimeoutMs, heartbeatIntervalMs, rebalanceTimeoutMs, ...rest } = this.#options;
    return client.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      maxBytesPerPartition: rest.maxBytesPerPartition,
      maxWaitTimeInMs: rest.fetchWaitMs,
      metadataMaxAge: rest.metadataMaxAgeMs,
      allowAutoTopicCreation: false,
      partitionAssigners: [coPartitionAssigner],
      retry,
    });
  }

  /** Follows the client's events; the promise settles with the first join or the crash before it. */
  #listen(consumer: Consumer, handle: ChunkHandler): Promise<void> {
    const { promise, resolve, reject }: PromiseWithResolvers<void> = Promise.withResolvers();
    let hasJoined = false;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      hasJoined = true;
      this.#assigned(payload.memberAssignment);
      resolve();
    });
    consumer.on(consumer.events.HEARTBEAT, () => this.#pulse.heartbeat(Date.now()));
    consumer.on(consumer.events.FETCH, () => this.#pulse.tick(Date.now()));
    consumer.on(consumer.events.REBALANCING, () => {
      this.#rebalances?.inc();
      this.#membership.left();
    });
    consumer.on(consumer.events.DISCONNECT, () => this.#membership.left());
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.#membership.left();
      const fault = toEngineError(payload.error, `reading ${this.#topics.join(', ')}`, this.#rights());
      if (!hasJoined) reject(fault);
      else this.#crashed(payload.error, fault, handle);
    });
    // A crash may come before anybody awaits the promise.
    promise.catch(() => undefined);
    return promise;
  }

  /** Left alone, a crashed client is a process that is alive and consumes nothing. */
  #crashed(error: Error, fault: EngineError, handle: ChunkHandler): void {
    if (this.#stopping || this.#fatal !== null) return;
    if (!isPassing(error, fault)) {
      this.#fail(fault);
      return;
    }
    this.#options.logger.warn({ code: fault.code, groupId: this.#options.groupId }, fault.message);
    this.#rejoining = this.#rejoin(handle);
  }

  #assigned(assignment: Assignment): void {
    this.#membership.joined(assignment);
    this.#pulse.heartbeat(Date.now());
    this.#pulse.tick(Date.now());
    this.#watch.assigned(assignment);
    const partitions = [...new Set(Object.values(assignment).flat())].sort((a, b) => a - b);
    this.#options.logger.info({ groupId: this.#options.groupId, partitions }, 'partitions assigned');
    for (const listener of this.#assignedListeners) listener(partitions);
  }

  /** Committed at once: a partition that stays idle must not be taken up anew after the next start. */
  #beginAt(topic: string, partition: number, offset: number): void {
    const place = { topic, partition, offset: String(offset) };
    this.#consumer?.seek(place);
    this.#consumer?.commitOffsets([place]).catch((error: unknown) => {
      this.#options.logger.debug({ err: error, topic, partition }, 'where the group begins is not committed yet');
    });
    this.#options.logger.info({ groupId: this.#options.groupId, topic, partition, offset }, 'a partition is taken up');
  }

  #rights(): NeededRights {
    return { topics: this.#topics, group: this.#options.groupId };
  }

  #fail(error: EngineError): void {
    if (this.#fatal !== null || this.#stopping) return;
    this.#fatal = error;
    this.#options.logger.error({ code: error.code, err: error }, 'the source cannot go on');
    this.#watch.stop();
    for (const listener of this.#fatalListeners) listener(error);
    // Not awaited: we may be inside a handler, which the client waits for.
    void this.#disconnect();
  }

  #disconnect(): Promise<void> {
    this.#watch.stop();
    this.#delivery?.stop();
    this.#closing ??= this.#closeConnections().finally(() => {
      this.#closing = null;
    });
    return this.#closing;
  }

  async #closeConnections(): Promise<void> {
    // What is left of a connection that fails to close ends with the process.
    await this.#consumer?.disconnect().catch(() => undefined);
    this.#consumer = null;
    await this.#admin.disconnect().catch(() => undefined);
  }
}

/**
 * Whether joining again may help. Being fenced is what joining again is for; and when the client gave up repeating, it
 * has often lost the name of the fault (a group that kept rebalancing, above all).
 */
function isPassing(error: unknown, fault: EngineError): boolean {
  const gaveUpRepeating = error instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded';
  return fault.retryable || fault.code === 'ERR_LOG_FENCED' || gaveUpRepeating;
}

/** Options that were not given, or given as undefined, take their defaults. */
function withDefaults(options: KafkaSourceOptions): Settings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given } as Settings;
}
