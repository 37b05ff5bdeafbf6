import type { PartitionLease } from '../../../../services/core/ports/log.ts';
import type * as Source from '../../../../services/platform/kafka/kafka-source.ts';

const address = new URL('../../../../services/platform/kafka/kafka-source.ts?original', import.meta.url).href;
const original = (await import(address)) as typeof Source;

/** Commits each chunk before it is handled; the commit after it does nothing. */
export const createKafkaSource: (typeof Source)['createKafkaSource'] = (options) => {
  const source = original.createKafkaSource(options);
  return {
    start: (handle) =>
      source.start(async (chunk, lease) => {
        await lease.commit(chunk.records[chunk.records.length - 1].offset + 1);
        await handle(chunk, committed(lease));
      }),
    onAssigned: (listener) => source.onAssigned(listener),
    onFatal: (listener) => source.onFatal(listener),
    health: () => source.health(),
    pulse: () => source.pulse(),
    rewindIdle: () => undefined,
    stop: () => source.stop(),
  };
};

function committed(lease: PartitionLease): PartitionLease {
  return {
    isCurrent: () => lease.isCurrent(),
    heartbeat: () => lease.heartbeat(),
    commit: () => Promise.resolve(),
    seek: (offset) => lease.seek(offset),
  };
}
