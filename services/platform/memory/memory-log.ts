import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogBoundsReader } from '../../core/ports/log-bounds.ts';
import type { LogSink, OutgoingRecord } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import { MemoryGroup } from './memory-group.ts';
import { type MemoryLogSource, MemorySource, type MemorySourceOptions } from './memory-source.ts';
import { type MemoryRecord, MemoryTopic } from './memory-topic.ts';

export interface MemoryLogOptions {
  /** Partitions of a topic that does not say. */
  readonly partitions?: number;
  readonly topics?: readonly string[];
  readonly clock?: Clock;
  readonly rebalanceTimeoutMs?: DurationMs;
  /** How long a member that its group went on without does not know it; it hears of it at once when absent. */
  readonly noticeMs?: DurationMs;
  readonly maxRecordBytes?: number;
}

/** Kafka within the process: topics, groups, commits and rebalances behind the same ports, without a thread or a timer
 * of its own. Work is driven by promises alone, so equal calls give equal orders. */
export interface MemoryLog {
  createTopic(topic: string, partitions?: number): void;
  /** Adds empty partitions to a topic; keys go to other partitions from then on. Sources see them when they join. */
  addPartitions(topic: string, partitions: number): void;
  /** Removes a topic with its records and, as Kafka does, what groups have committed of it. */
  deleteTopic(topic: string): void;
  source(options: MemorySourceOptions): MemoryLogSource;
  sink(): LogSink;
  /** All records of a topic, partition by partition. */
  records(topic: string): readonly MemoryRecord[];
  committed(groupId: string, topic: string, partition: number): number | null;
  /** As the log itself tells how far a topic reaches. */
  bounds(topic: string): LogBoundsReader;
  /** Grows with each rebalance of the group. */
  generation(groupId: string): number;
  /** Resolves when no running source has anything left to do. */
  settled(): Promise<void>;
}

const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs) => pause(durationMs, undefined, { ref: false }),
};

export function createMemoryLog(options: MemoryLogOptions = {}): MemoryLog {
  return new InProcessLog(options);
}

class InProcessLog implements MemoryLog {
  readonly #options: MemoryLogOptions;
  readonly #clock: Clock;
  readonly #topics = new Map<string, MemoryTopic>();
  readonly #groups = new Map<string, MemoryGroup>();
  readonly #sources = new Set<MemorySource>();
  #made = 0;
  #topicsMade = 0;

  constructor(options: MemoryLogOptions) {
    this.#options = options;
    this.#clock = options.clock ?? wallClock;
    for (const topic of options.topics ?? []) this.createTopic(topic);
  }

  createTopic(topic: string, partitions = this.#options.partitions ?? 12): void {
    if (this.#topics.has(topic)) return;
    this.#topicsMade += 1;
    this.#topics.set(topic, new MemoryTopic(`topic-${this.#topicsMade}`, partitions));
  }

  addPartitions(topic: string, partitions: number): void {
    this.#topic(topic).grow(partitions);
  }

  deleteTopic(topic: string): void {
    this.#topics.delete(topic);
    for (const group of this.#groups.values()) group.forget(topic);
  }

  source(options: MemorySourceOptions): MemoryLogSource {
    this.#made += 1;
    const source = new MemorySource(options, {
      id: `member-${String(this.#made).padStart(6, '0')}`,
      group: this.#group(options.groupId),
      clock: this.#clock,
      topicOf: (topic) => this.#topic(topic),
      onStopped: (stopped) => this.#sources.delete(stopped),
    });
    this.#sources.add(source);
    return source;
  }

  sink(): LogSink {
    let isStopped = false;
    return {
      publish: async (records) => {
        await Promise.resolve();
        if (isStopped) throw new EngineError('ERR_LOG_FATAL', 'The sink is stopped.', { retryable: false });
        this.#append(records);
      },
      stop: async () => {
        await Promise.resolve();
        isStopped = true;
      },
    };
  }

  records(topic: string): readonly MemoryRecord[] {
    return this.#topic(topic).partitions.flat();
  }

  committed(groupId: string, topic: string, partition: number): number | null {
    return this.#group(groupId).committed(topic, partition);
  }

  bounds(topic: string): LogBoundsReader {
    return {
      read: async () => {
        await Promise.resolve();
        const { id: logId, partitions } = this.#topic(topic);
        return { logId, partitions: partitions.map(({ length }) => ({ first: 0, end: length })) };
      },
      stop: () => Promise.resolve(),
    };
  }

  generation(groupId: string): number {
    return this.#group(groupId).generation;
  }

  async settled(): Promise<void> {
    while ([...this.#sources].some((source) => !source.isIdle())) await pause(0);
  }

  #append(records: readonly OutgoingRecord[]): void {
    const limit = this.#options.maxRecordBytes ?? 1_000_000;
    for (const { topic, key, value } of records) {
      this.#topic(topic);
      const bytes = (value?.length ?? 0) + Buffer.byteLength(key ?? '');
      if (bytes > limit) throw tooLargeError(topic, bytes, limit);
    }
    for (const record of records) this.#topic(record.topic).append(record, this.#clock.now());
    for (const source of this.#sources) source.wake();
  }

  #topic(topic: string): MemoryTopic {
    const found = this.#topics.get(topic);
    if (found !== undefined) return found;
    const message = `Topic ${topic} does not exist; create it first.`;
    throw new EngineError('ERR_TOPIC_MISSING', message, { retryable: true, context: { topics: topic } });
  }

  #group(groupId: string): MemoryGroup {
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = new MemoryGroup({
        partitionsOf: (topic) => [...this.#topic(topic).partitions.keys()],
        clock: this.#clock,
        rebalanceTimeoutMs: this.#options.rebalanceTimeoutMs ?? 60_000,
        noticeMs: this.#options.noticeMs ?? 0,
      });
      this.#groups.set(groupId, group);
    }
    return group;
  }
}

function tooLargeError(topic: string, bytes: number, limit: number): EngineError {
  const message = `A record for ${topic} has ${bytes} bytes; at most ${limit} are sent. Nothing was published.`;
  return new EngineError('ERR_RECORD_TOO_LARGE', message, { retryable: false, context: { topic, bytes } });
}
