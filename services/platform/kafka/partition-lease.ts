import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import type { PartitionLease } from '../../core/ports/log.ts';
import type { GroupMembership } from './group-membership.ts';
import { toEngineError } from './kafka-errors.ts';

/** A lease with what the source asks it after the handler returned. */
export interface KafkaLease extends PartitionLease {
  /** Where the handler wants to go on reading; null when it did not say. */
  readonly soughtOffset: number | null;
}

export interface KafkaLeaseOptions {
  readonly payload: EachBatchPayload;
  readonly membership: GroupMembership;
  /** Offset after the chunk's last record. */
  readonly end: number;
}

/** The lease on one chunk, bound to the group generation of this moment. */
export function createKafkaLease({ payload, membership, end }: KafkaLeaseOptions): KafkaLease {
  const { generation } = membership;
  const { topic, partition } = payload.batch;
  let soughtOffset: number | null = null;

  function isCurrent(): boolean {
    return membership.isCurrent(generation, Date.now());
  }

  return {
    isCurrent,
    heartbeat: () => heartbeatGroup(payload, membership),
    async commit(nextOffset) {
      if (nextOffset > end) throw beyondChunkError(topic, partition, nextOffset, end);
      // A new generation is installed some microtasks before its event tells us. In a turn of its own, both have happened.
      await nextTurn();
      if (!isCurrent()) throw fencedError(topic, partition);
      try {
        const partitions = [{ partition, offset: String(nextOffset) }];
        await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
      } catch (error) {
        const fault = toEngineError(error, `committing partition ${partition} of ${topic}`);
        if (fault.code === 'ERR_LOG_FENCED') membership.evicted(asError(error));
        throw fault;
      }
    },
    seek(offset) {
      soughtOffset = offset;
    },
    get soughtOffset() {
      return soughtOffset;
    },
  };
}

/** Heartbeats (the client itself keeps to its interval) and notes what the coordinator answers. */
export async function heartbeatGroup(payload: EachBatchPayload, membership: GroupMembership): Promise<void> {
  try {
    await payload.heartbeat();
  } catch (error) {
    const fault = toEngineError(error, 'heartbeating');
    if (fault.code !== 'ERR_LOG_FENCED') throw fault;
    if (fault.context['fault'] === 'REBALANCE_IN_PROGRESS') membership.rebalanceAnnounced(asError(error), Date.now());
    else membership.evicted(asError(error));
  }
}

/** The client's own error object: it must come back to the client as it is. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function fencedError(topic: string, partition: number): EngineError {
  return new EngineError(
    'ERR_LOG_FENCED',
    `Partition ${partition} of ${topic} was given away while its records were worked on; its new owner repeats them.`,
    { retryable: false, context: { topic, partition } },
  );
}

function beyondChunkError(topic: string, partition: number, nextOffset: number, end: number): EngineError {
  return new EngineError(
    'ERR_INTERNAL',
    `Offset ${nextOffset} of ${topic}/${partition} is beyond the chunk, which ends before ${end}: nothing is committed.`,
    { retryable: false, context: { topic, partition, nextOffset, end } },
  );
}
