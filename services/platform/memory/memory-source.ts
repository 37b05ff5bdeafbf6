import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogChunk, LogSource, PartitionHealth, PartitionLease } from '../../core/ports/log.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { GroupMember, MemoryGroup } from './memory-group.ts';
import type { MemoryTopic } from './memory-topic.ts';

export interface MemorySourceOptions {
  readonly groupId: string;
  readonly topic?: string;
  readonly topics?: readonly string[];
  readonly partitionsConcurrently?: number;
  readonly maxChunkRecords?: number;
  readonly maxRetryPauseMs?: DurationMs;
  /** Clock of the process that reads; the log's own when absent. */
  readonly clock?: Clock;
}

/** What tests may do to a member of a group that a real one suffers by itself. */
export interface MemoryLogSource extends LogSource {
  /** As when its process ends at once: nothing more is handed out, and the group is not told. */
  kill(): void;
  /** As when its heartbeats do not arrive: the group goes on without it, and it works on until it hears of that. */
  lose(): void;
}

export interface MemorySourceSurroundings {
  readonly id: string;
  readonly group: MemoryGroup;
  readonly clock: Clock;
  readonly topicOf: (topic: string) => MemoryTopic;
  /** Called once when the source has stopped. */
  readonly onStopped: (source: MemorySource) => void;
}

type ChunkHandler = (chunk: LogChunk, lease: PartitionLease) => Promise<void>;

/** One owned partition: where reading goes on, and whether a chunk of it is under way. */
interface Lane {
  readonly topic: string;
  readonly partition: number;
  /** The topic that the position is of. */
  logId: string;
  position: number;
  attempts: number;
  aliveAt: EpochMs;
  isBusy: boolean;
}

const firstRetryPauseMs = 100;

/** The in-process twin of the Kafka source. */
export class MemorySource implements MemoryLogSource, GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  readonly #options: MemorySourceOptions;
  readonly #around: MemorySourceSurroundings;
  readonly #clock: Clock;
  readonly #underWay = new Set<Promise<void>>();
  readonly #assignedListeners: ((partitions: readonly number[]) => void)[] = [];
  readonly #fatalListeners: ((error: Error) => void)[] = [];
  #handle: ChunkHandler | null = null;
  #lanes: Lane[] = [];
  #generation = -1;
  #isEntering = false;
  #isDraining = false;
  #fatal: EngineError | null = null;
  #isStopped = false;

  constructor(options: MemorySourceOptions, around: MemorySourceSurroundings) {
    this.#options = options;
    this.#around = around;
    this.#clock = options.clock ?? around.clock;
    this.id = around.id;
    this.topics = options.topics ?? (options.topic === undefined ? [] : [options.topic]);
    if (this.topics.length === 0) throw new RangeError('a source needs a topic');
  }

  async start(handle: ChunkHandler): Promise<void> {
    for (const topic of this.topics) this.#around.topicOf(topic);
    this.#handle = handle;
    await this.#enter();
  }

  onAssigned(listener: (partitions: readonly number[]) => void): void {
    this.#assignedListeners.push(listener);
  }

  onFatal(listener: (error: Error) => void): void {
    this.#fatalListeners.push(listener);
    if (this.#fatal !== null) listener(this.#fatal);
  }

  health(): readonly PartitionHealth[] {
    const now = this.#clock.now();
    return this.#lanes.map((lane) => {
      const lag = this.#endOf(lane) - lane.position;
      const isIdle = lag === 0 && this.#fatal === null;
      const { topic, partition, position: offset, aliveAt } = lane;
      const catchUpSeconds = lag === 0 ? 0 : null;
      return { topic, partition, offset, lag, ageMs: isIdle ? 0 : now - aliveAt, catchUpSeconds };
    });
  }

  rewindIdle(partition: number, offset: number): void {
    for (const lane of this.#lanes) {
      if (lane.partition !== partition || lane.isBusy || lane.position < this.#endOf(lane)) continue;
      lane.position = Math.min(lane.position, offset);
    }
    this.wake();
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.#settled();
    await this.#around.group.leave(this);
    this.#lanes = [];
    this.#around.onStopped(this);
  }

  kill(): void {
    this.#isStopped = true;
    this.#lanes = [];
    this.#underWay.clear();
    this.#around.onStopped(this);
  }

  lose(): void {
    this.#around.group.expel(this);
  }

  isGone(): boolean {
    return !this.#mayWork();
  }

  drain(): Promise<void> | null {
    this.#isDraining = true;
    return this.#underWay.size === 0 ? null : this.#settled();
  }

  assign(generation: number, assignment: Readonly<Record<string, readonly number[]>>): void {
    const now = this.#clock.now();
    this.#generation = generation;
    this.#isDraining = false;
    this.#lanes = this.topics.flatMap((topic) =>
      (assignment[topic] ?? []).map((partition) => ({
        topic,
        partition,
        logId: this.#around.topicOf(topic).id,
        position: this.#around.group.committed(topic, partition) ?? 0,
        attempts: 0,
        aliveAt: now,
        isBusy: false,
      })),
    );
    const partitions = [...new Set(this.#lanes.map((lane) => lane.partition))].sort((a, b) => a - b);
    for (const listener of this.#assignedListeners) listener(partitions);
    this.wake();
  }

  evict(): void {
    if (this.#isEntering) return;
    this.#generation = -1;
    this.#lanes = [];
    // Like a client that finds out late: it asks to be let in again once its work has ended.
    void this.#enter();
  }

  /** Records may have come: begins chunks on idle partitions, in their order, as many as may run at once. */
  wake(): void {
    for (const lane of this.#lanes) {
      this.#followLog(lane);
      if (this.#underWay.size >= (this.#options.partitionsConcurrently ?? 4)) return;
      if (lane.isBusy || this.#isDraining || !this.#mayWork() || lane.position >= this.#endOf(lane)) continue;
      this.#begin(lane);
    }
  }

  /** As the client does with a topic made again: where its offset is beyond the end it begins anew, else it reads on. */
  #followLog(lane: Lane): void {
    const { id } = this.#around.topicOf(lane.topic);
    if (lane.isBusy || lane.logId === id) return;
    lane.logId = id;
    if (lane.position >= this.#endOf(lane)) lane.position = 0;
  }

  /** Whether every record of the owned partitions was handed out and handled, or never will be. */
  isIdle(): boolean {
    if (this.#underWay.size > 0) return false;
    return !this.#mayWork() || this.#lanes.every((lane) => lane.position >= this.#endOf(lane));
  }

  /** Asks to be let in, again when the group went on without this member before it had its partitions. */
  async #enter(): Promise<void> {
    this.#isEntering = true;
    await this.#settled();
    do {
      if (this.#mayWork()) await this.#around.group.join(this);
    } while (this.#mayWork() && !this.#around.group.has(this));
    this.#isEntering = false;
  }

  #mayWork(): boolean {
    return !this.#isStopped && this.#fatal === null;
  }

  async #settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #endOf({ topic, partition }: Lane): number {
    return this.#around.topicOf(topic).partitions[partition].length;
  }

  #begin(lane: Lane): void {
    lane.isBusy = true;
    const work = this.#work(lane).then((pauseMs) => {
      this.#underWay.delete(work);
      this.#freeAfter(lane, pauseMs);
    });
    this.#underWay.add(work);
  }

  #freeAfter(lane: Lane, pauseMs: DurationMs): void {
    const free = () => {
      lane.isBusy = false;
      this.wake();
    };
    if (pauseMs === 0) free();
    else void this.#clock.sleep(pauseMs).then(free);
    this.wake();
  }

  /** One chunk of a partition. @returns how long the partition is to rest */
  async #work(lane: Lane): Promise<DurationMs> {
    await Promise.resolve();
    const chunk = this.#cut(lane);
    const end = chunk.records[chunk.records.length - 1].offset + 1;
    const lease = this.#lease(lane, end);
    try {
      await this.#handle?.(chunk, lease);
    } catch (error) {
      return this.#failed(lane, error);
    }
    if (!lease.isCurrent()) return 0;
    lane.attempts = 0;
    lane.aliveAt = this.#clock.now();
    lane.position = lease.sought() ?? end;
    return 0;
  }

  #cut({ topic, partition, position }: Lane): LogChunk {
    const { id: logId, partitions } = this.#around.topicOf(topic);
    const log = partitions[partition];
    const records = log.slice(position, position + (this.#options.maxChunkRecords ?? 500));
    return { topic, partition, logId, records, highWatermark: log.length };
  }

  #lease({ topic, partition }: Lane, end: number): PartitionLease & { sought(): number | null } {
    const { group } = this.#around;
    const generation = this.#generation;
    let sought: number | null = null;
    const isCurrent = () => generation === this.#generation;
    return {
      isCurrent,
      heartbeat: () => Promise.resolve(),
      commit: async (nextOffset) => {
        await Promise.resolve();
        if (nextOffset > end) throw new EngineError('ERR_INTERNAL', 'A commit beyond the chunk.', { retryable: false });
        if (isCurrent() && group.commit(this, generation, { topic, partition }, nextOffset)) return;
        // This is how a member that the group went on without hears of it first.
        if (isCurrent()) this.evict();
        throw fencedError(topic, partition);
      },
      seek(offset) {
        sought = offset;
      },
      sought: () => sought,
    };
  }

  #failed(lane: Lane, error: unknown): DurationMs {
    if (error instanceof EngineError && error.code === 'ERR_LOG_FENCED') return 0;
    if (error instanceof EngineError && error.retryable) {
      lane.attempts += 1;
      return Math.min(this.#options.maxRetryPauseMs ?? 5_000, firstRetryPauseMs * 2 ** Math.min(lane.attempts - 1, 10));
    }
    this.#fatal = toFatal(error);
    for (const listener of this.#fatalListeners) listener(this.#fatal);
    void this.#around.group.leave(this);
    return 0;
  }
}

function fencedError(topic: string, partition: number): EngineError {
  const message = `Partition ${partition} of ${topic} was given away while its records were worked on.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { topic, partition } });
}

function toFatal(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new EngineError('ERR_INTERNAL', `The handler of a chunk met an unexpected fault: ${said}`, {
    retryable: false,
    cause: error,
  });
}
