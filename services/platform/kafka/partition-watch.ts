import type { Admin } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { PartitionHealth } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Metrics, seriesPerPartition } from '../telemetry/metrics.ts';
import type { Assignment } from './group-membership.ts';
import { type GroupPosition, isOffsetLost, readGroupPositions, resumeOffset } from './group-positions.ts';
import { retryWhileRetryable } from '../runtime/retry.ts';
import { toEngineError } from './kafka-errors.ts';
import { type BeginWithin, readRecentOffsets } from './recent-offsets.ts';
import { PartitionProgress } from './partition-progress.ts';
import type { TopicIds } from './topic-ids.ts';

export interface PartitionWatchOptions {
  readonly admin: Admin;
  readonly groupId: string;
  readonly intervalMs: DurationMs;
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
  /** Label of its metrics, where the process has several groups. */
  readonly group?: string | undefined;
  readonly topicIds: Pick<TopicIds, 'of'>;
  /** Called for a partition with nothing left to read whose topic was created again meanwhile: it is to be read. */
  readonly onNewLog: (topic: string, partition: number) => void;
  /** Topics that a group without a committed offset takes up near their end. */
  readonly beginWithin?: BeginWithin | undefined;
  /** Called for an owned partition that the group takes up now, at `offset` and not at its oldest record. */
  readonly onBegin?: (topic: string, partition: number, offset: number) => void;
  /** Called for a partition whose committed offset the log does not hold any more. */
  readonly onOffsetLost: (error: EngineError) => void;
}

const partitionLabels = ['topic', 'partition', 'group'] as const;
const topicLabels = ['topic', 'group'] as const;

/** How long the offsets may take to be had before the source joins its group. */
const firstReadMs: DurationMs = 10_000;

/**
 * Knows of every owned partition how far it is done and where it ends. The ends are asked for at intervals: kafkajs says
 * nothing of an idle partition, and a consumer that hangs would otherwise look idle.
 */
export class PartitionWatch {
  readonly #options: PartitionWatchOptions;
  #progress = new Map<string, PartitionProgress>();
  #topics: string[] = [];
  #positions: Promise<void> = Promise.resolve();
  #arePositionsKnown = false;
  readonly #reported = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: PartitionWatchOptions) {
    this.#options = options;
    // There from the start, so that an alert sees the first loss as an increase.
    this.#lostCounter();
    this.#lagGauge();
    this.#catchUpGauge();
  }

  /**
   * Looks for lost offsets before the client joins: in its first fetch it overwrites them with the oldest record, and
   * whoever starts next would find nothing amiss.
   */
  async reportLostOffsets(topics: readonly string[]): Promise<void> {
    const { admin, groupId } = this.#options;
    // A topic that was created a moment ago may still be without a leader, and a broker without its coordinator.
    const positions = await retryWhileRetryable(() => readGroupPositions(admin, groupId, topics), {
      maxTimeMs: firstReadMs,
      maxDelayMs: 1_000,
    });
    for (const position of positions) {
      if (isOffsetLost(position)) this.#reportLost(position);
    }
  }

  /** Begins anew with the partitions of a new generation. */
  assigned(assignment: Assignment): void {
    const now = Date.now();
    this.#resetGauges();
    this.#arePositionsKnown = false;
    this.#topics = Object.keys(assignment).filter((topic) => assignment[topic].length > 0);
    this.#progress = new Map(
      this.#topics.flatMap((topic) =>
        assignment[topic].map((partition) => [keyOf(topic, partition), new PartitionProgress(topic, partition, now)]),
      ),
    );
    this.#positions = this.#loadPositions(this.#progress);
    this.#timer ??= setInterval(() => this.#turn(), this.#options.intervalMs).unref();
  }

  /** Resolves once the committed offsets of this generation are known, or could not be had. */
  positionsLoaded(): Promise<void> {
    return this.#positions;
  }

  /** Whether it is known where the group stands, as far as that matters: the client itself begins at the oldest record. */
  mayBegin(topic: string, partition: number): boolean {
    return this.#options.beginWithin?.[topic] === undefined || typeof this.of(topic, partition)?.position === 'number';
  }

  of(topic: string, partition: number): PartitionProgress | undefined {
    return this.#progress.get(keyOf(topic, partition));
  }

  health(): PartitionHealth[] {
    const now = Date.now();
    return [...this.#progress.values()].map((progress) => progress.health(now));
  }

  /** From now on nothing is observed, so every age grows. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Shows the lags, and how long they will take, to Prometheus. */
  export(): void {
    const lags = this.#lagGauge();
    const catchUp = this.#catchUpGauge();
    if (lags === undefined || catchUp === undefined) return;
    const health = this.health();
    for (const { topic, partition, lag } of health) {
      const labels = this.#labels({ topic, partition });
      // A series that is not there says "unknown" better than any number would.
      if (lag === null) lags.remove(labels);
      else lags.set(labels, lag);
    }
    for (const topic of this.#topics) {
      const longest = longestCatchUp(health.filter((each) => each.topic === topic));
      if (longest === null) catchUp.remove(this.#labels({ topic }));
      else catchUp.set(this.#labels({ topic }), longest);
    }
  }

  /**
   * A batch begins behind the position where we expected it. Compaction leaves such holes; but where the log itself now
   * begins behind the position, the client has jumped there without a word, and what lay between was never handled.
   */
  async checkHole(topic: string, partition: number, position: number): Promise<void> {
    const offsets = await this.#options.admin.fetchTopicOffsets(topic).catch((error: unknown) => {
      throw toEngineError(error, `asking where partition ${partition} of ${topic} begins`);
    });
    const found = offsets.find((each) => each.partition === partition);
    if (found === undefined || Number(found.low) <= position) return;
    const [low, high] = [Number(found.low), Number(found.high)];
    this.#reportLost({ topic, partition, committed: position, low, high, wasReset: false });
  }

  async #loadPositions(progress: Map<string, PartitionProgress>): Promise<void> {
    try {
      const positions = await readGroupPositions(this.#options.admin, this.#options.groupId, this.#topics);
      await this.#begin(positions, progress);
      for (const position of positions) {
        const owned = progress.get(keyOf(position.topic, position.partition));
        if (owned === undefined || this.#progress !== progress) continue;
        // What has a position already is known better by the records that were handled.
        if (owned.position === null) {
          if (isOffsetLost(position)) this.#reportLost(position);
          owned.moveTo(resumeOffset(position));
        }
        owned.observed(position.high, Date.now());
      }
      if (this.#progress === progress) this.#arePositionsKnown = true;
    } catch (error) {
      const fault = toEngineError(error, `reading the committed offsets of ${this.#options.groupId}`);
      this.#options.logger.warn({ code: fault.code, groupId: this.#options.groupId }, fault.message);
    }
  }

  /** Takes up partitions that the group has never committed near their end, where it shall. */
  async #begin(positions: readonly GroupPosition[], progress: Map<string, PartitionProgress>): Promise<void> {
    const { admin, beginWithin = {}, onBegin } = this.#options;
    for (const position of await readRecentOffsets(admin, positions, { beginWithin, now: Date.now() })) {
      const owned = progress.get(keyOf(position.topic, position.partition));
      if (owned === undefined || owned.position !== null || this.#progress !== progress) continue;
      owned.moveTo(resumeOffset(position));
      onBegin?.(position.topic, position.partition, resumeOffset(position));
    }
  }

  #turn(): void {
    // First, and whatever comes of the question: what is not known any more must not go on standing there.
    this.export();
    void this.#observeEnds();
  }

  async #observeEnds(): Promise<void> {
    const progress = this.#progress;
    if (!this.#arePositionsKnown) await this.#loadPositions(progress);
    try {
      for (const topic of this.#topics) {
        const offsets = await this.#options.admin.fetchTopicOffsets(topic);
        const logId = await this.#options.topicIds.of(topic);
        if (this.#timer === null || this.#progress !== progress) return;
        for (const { partition, low, high } of offsets) {
          this.#observeLog(topic, partition, logId);
          this.#observeEnd(topic, partition, Number(low), Number(high));
        }
      }
      this.export();
    } catch (error) {
      const fault = toEngineError(error, 'asking for the ends of the partitions');
      this.#options.logger.debug({ code: fault.code }, fault.message);
    }
  }

  /** Where records are still to come, the next batch tells. */
  #observeLog(topic: string, partition: number, logId: string | null): void {
    const progress = this.of(topic, partition);
    if (progress === undefined || (progress.health(Date.now()).lag ?? 0) > 0 || !progress.isOfLog(logId, 0)) return;
    this.#options.onNewLog(topic, partition);
  }

  #observeEnd(topic: string, partition: number, low: number, high: number): void {
    const progress = this.of(topic, partition);
    if (progress === undefined) return;
    const { position } = progress;
    // Nothing is left of what was to be handled, so no batch will ever come and tell.
    if (position !== null && position < low && low === high) {
      this.#reportLost({ topic, partition, committed: position, low, high, wasReset: false });
      progress.moveTo(low);
    }
    progress.observed(high, Date.now());
  }

  /** Once for each loss, whoever finds it first. */
  #reportLost({ topic, partition, committed, low, high }: GroupPosition): void {
    const { groupId, logger, onOffsetLost } = this.#options;
    const loss = `${partition}/${topic} before ${low}`;
    if (this.#reported.has(loss)) return;
    this.#reported.add(loss);
    const context = { event: 'offset_out_of_range', topic, partition, groupId, committed, low, high };
    const message =
      `Group ${groupId} stopped at offset ${committed ?? 'unknown'} of ${topic}/${partition}, but the log now holds ${low} to ` +
      `${high}: records were removed while the group was away. Lengthen the retention or rebuild what was missed.`;
    logger.error(context, message);
    this.#lostCounter()?.inc();
    onOffsetLost(new EngineError('ERR_LOG_FATAL', message, { retryable: false, context }));
  }

  #lostCounter() {
    const help = 'Partitions found with a committed offset that the log no longer holds.';
    return this.#options.metrics?.counter('tidewatch_offsets_lost_total', help);
  }

  #lagGauge() {
    const help = 'Records of the partition not handled yet; absent while nobody can say.';
    return this.#options.metrics?.gauge('tidewatch_partition_lag', help, partitionLabels, seriesPerPartition);
  }

  #catchUpGauge() {
    // By topic: it says little of a partition that its lag does not, and would double the series of those.
    const help = 'Estimate of the time until the slowest partition of the topic has no lag; absent while unknown or while the lag of one does not shrink.'; // prettier-ignore
    return this.#options.metrics?.gauge('tidewatch_partition_catchup_seconds', help, topicLabels);
  }

  /** Several groups of one process may read one topic; the others than its main one are told apart by their name. */
  #labels(of: { readonly topic: string; readonly partition?: number }): Record<string, string | number> {
    const { group } = this.#options;
    return group === undefined ? of : { ...of, group };
  }

  /** A partition that was given away must not go on showing a lag. */
  #resetGauges(): void {
    for (const { topic, partition } of this.health()) this.#lagGauge()?.remove(this.#labels({ topic, partition }));
    for (const topic of this.#topics) this.#catchUpGauge()?.remove(this.#labels({ topic }));
  }
}

/** Null where one of the partitions has no estimate: nobody can say how long the topic will take. */
function longestCatchUp(partitions: readonly PartitionHealth[]): number | null {
  let longest: number | null = null;
  for (const { catchUpSeconds } of partitions) {
    if (catchUpSeconds === null) return null;
    longest = Math.max(longest ?? 0, catchUpSeconds);
  }
  return longest;
}

function keyOf(topic: string, partition: number): string {
  return `${partition}/${topic}`;
}
