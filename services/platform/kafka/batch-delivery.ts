import type { Batch, Consumer, EachBatchPayload } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { LogChunk, PartitionLease } from '../../core/ports/log.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { ConsumerPulse } from './consumer-pulse.ts';
import type { GroupMembership } from './group-membership.ts';
import { cutChunk } from './log-chunk.ts';
import { createKafkaLease, heartbeatGroup } from './partition-lease.ts';
import type { PartitionProgress } from './partition-progress.ts';
import type { PartitionWatch } from './partition-watch.ts';
import type { TopicIds } from './topic-ids.ts';

export type ChunkHandler = (chunk: LogChunk, lease: PartitionLease) => Promise<void>;

export interface BatchDeliveryOptions {
  readonly consumer: Consumer;
  readonly membership: GroupMembership;
  readonly watch: PartitionWatch;
  readonly pulse: ConsumerPulse;
  readonly topicIds: Pick<TopicIds, 'of'>;
  readonly maxChunkRecords: number;
  readonly maxRetryPauseMs: DurationMs;
  readonly logger: Logger;
  readonly handle: ChunkHandler;
  readonly onFatal: (error: EngineError) => void;
  /** True once no further chunk is to be begun. */
  readonly isStopping: () => boolean;
}

const firstRetryPauseMs = 100;
/** Where the group stands is asked for again every few seconds. */
const unknownPauseMs = 1_000;

/**
 * Hands fetched batches to the handler, chunk by chunk. kafkajs only ever sees errors that make it join the group again;
 * a chunk that failed for now is fetched again after a pause of its partition, so that the others go on meanwhile (a
 * fetch round waits for all of its partitions). An offset is resolved only after its chunk is done: nothing is skipped.
 */
export class BatchDelivery {
  readonly #options: BatchDeliveryOptions;
  readonly #attempts = new Map<string, number>();
  readonly #pauses = new Set<NodeJS.Timeout>();

  constructor(options: BatchDeliveryOptions) {
    this.#options = options;
  }

  async deliver(payload: EachBatchPayload): Promise<void> {
    const { membership, watch, maxChunkRecords } = this.#options;
    const { batch } = payload;
    const { generation } = membership;
    await watch.positionsLoaded();
    const progress = watch.of(batch.topic, batch.partition);
    if (progress === undefined) return;
    if (!watch.mayBegin(batch.topic, batch.partition)) {
      this.#pause(batch.topic, batch.partition, unknownPauseMs);
      return;
    }
    const logId = await this.#logIdOf(batch, progress);
    if (logId === undefined || !(await this.#isWhole(batch, progress))) return;
    let at = this.#firstUndone(payload, progress);
    while (at < batch.messages.length) {
      this.#joinAgainIfAsked();
      if (!payload.isRunning() || this.#options.isStopping() || !membership.isCurrent(generation, Date.now())) return;
      this.#options.pulse.tick(Date.now());
      const chunk = cutChunk(batch, { from: at, maxRecords: maxChunkRecords, logId });
      if (!(await this.#deliverChunk(payload, chunk, progress))) break;
      at += chunk.records.length;
      await heartbeatGroup(payload, membership);
    }
    watch.export();
    this.#joinAgainIfAsked();
  }

  stop(): void {
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#pauses.clear();
  }

  /** A batch fetched in an earlier generation may begin before the position at which we took over. */
  #firstUndone(payload: EachBatchPayload, { position }: PartitionProgress): number {
    const { messages } = payload.batch;
    if (position === null || Number(messages[0].offset) >= position) return 0;
    const index = messages.findIndex(({ offset }) => Number(offset) >= position);
    if (index >= 0) return index;
    payload.resolveOffset(String(position - 1));
    return messages.length;
  }

  /**
   * Asked after the batch was fetched: the client reads on by name and offset when a topic is deleted and created again,
   * and nothing in a batch tells. Of another log than before, it may begin anywhere.
   * @returns undefined when that cannot be found out now
   */
  async #logIdOf(batch: Batch, progress: PartitionProgress): Promise<string | null | undefined> {
    try {
      const logId = await this.#options.topicIds.of(batch.topic);
      progress.isOfLog(logId, Number(batch.messages[0].offset));
      return logId;
    } catch (error) {
      this.#handlerFailed(batch, error);
      return undefined;
    }
  }

  /** Looks into a hole before the batch, and reports records that were lost; false when that cannot be found out now. */
  async #isWhole(batch: Batch, { position }: PartitionProgress): Promise<boolean> {
    if (position === null || Number(batch.messages[0].offset) <= position) return true;
    try {
      await this.#options.watch.checkHole(batch.topic, batch.partition, position);
      return true;
    } catch (error) {
      this.#handlerFailed(batch, error);
      return false;
    }
  }

  /** @returns whether the rest of the batch may follow */
  async #deliverChunk(payload: EachBatchPayload, chunk: LogChunk, progress: PartitionProgress): Promise<boolean> {
    const { membership, handle } = this.#options;
    const last = chunk.records[chunk.records.length - 1].offset;
    const lease = createKafkaLease({ payload, membership, end: last + 1 });
    try {
      await handle(chunk, lease);
    } catch (error) {
      this.#handlerFailed(payload.batch, error);
      return false;
    }
    if (!lease.isCurrent()) return false;
    this.#attempts.delete(keyOf(payload.batch));
    // The watch has sent the client to the start of a new log meanwhile: what is done of the old one is no place in it.
    if (progress.hasLeft(chunk.logId)) return false;
    progress.observed(chunk.highWatermark, Date.now());
    const sought = lease.soughtOffset;
    if (sought !== null) {
      payload.resolveOffset(String(sought - 1));
      progress.moveTo(sought);
      return false;
    }
    payload.resolveOffset(String(last));
    progress.finished(chunk.records[0].offset, last + 1, Date.now());
    return true;
  }

  #handlerFailed(batch: Batch, error: unknown): void {
    const fault = asEngineError(error);
    if (fault.code === 'ERR_LOG_FENCED') return;
    if (!fault.retryable) {
      this.#options.onFatal(fault);
      return;
    }
    const attempts = (this.#attempts.get(keyOf(batch)) ?? 0) + 1;
    this.#attempts.set(keyOf(batch), attempts);
    const pauseMs = Math.min(this.#options.maxRetryPauseMs, firstRetryPauseMs * 2 ** Math.min(attempts - 1, 10));
    const { topic, partition } = batch;
    this.#options.logger.warn({ code: fault.code, topic, partition, attempts, pauseMs }, fault.message);
    this.#pause(topic, partition, pauseMs);
  }

  #pause(topic: string, partition: number, pauseMs: DurationMs): void {
    const { consumer } = this.#options;
    consumer.pause([{ topic, partitions: [partition] }]);
    const timer = setTimeout(() => {
      this.#pauses.delete(timer);
      try {
        consumer.resume([{ topic, partitions: [partition] }]);
      } catch {
        // The client has stopped or is starting again by itself; a new start knows of no pauses.
      }
    }, pauseMs);
    this.#pauses.add(timer);
  }

  /** kafkajs joins again when its own error comes back to it. */
  #joinAgainIfAsked(): void {
    const { rejoinCause } = this.#options.membership;
    if (rejoinCause !== null) throw rejoinCause;
  }
}

function keyOf({ topic, partition }: Batch): string {
  return `${partition}/${topic}`;
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new EngineError('ERR_INTERNAL', `The handler of a chunk met an unexpected fault: ${said}`, {
    retryable: false,
    cause: error,
  });
}
