import type { LogSink, LogSource } from '../../../services/core/ports/log.ts';
import type { Network } from './network.ts';

/** A sink whose sends travel over the network. */
export function simSink(sink: LogSink, network: Network, latestTopic: string): LogSink {
  return {
    publish: (records) =>
      network.call({
        name: records[0]?.topic === latestTopic ? 'produce-latest' : 'produce',
        failsWith: 'ERR_LOG_UNAVAILABLE',
        effect: () => sink.publish(records),
        partialEffect: () => sink.publish(records.slice(0, records.length >> 1)),
      }),
    stop: () => sink.stop(),
  };
}

/** A source whose chunks arrive, and whose leases reach the broker, over the network. */
export function simSource(source: LogSource, network: Network): LogSource {
  const failsWith = 'ERR_LOG_UNAVAILABLE';
  return {
    start: (handle) =>
      source.start(async (chunk, lease) => {
        await network.call({ name: 'fetch', failsWith, effect: () => Promise.resolve() });
        await handle(chunk, {
          isCurrent: () => lease.isCurrent(),
          heartbeat: () => network.call({ name: 'heartbeat', failsWith, effect: () => lease.heartbeat() }),
          commit: (next) =>
            network.call({ name: 'commit', failsWith, isOrdered: true, effect: () => lease.commit(next) }),
          seek: (offset) => lease.seek(offset),
        });
      }),
    onAssigned: (listener) => source.onAssigned(listener),
    onFatal: (listener) => source.onFatal(listener),
    health: () => source.health(),
    rewindIdle: (partition, offset) => source.rewindIdle(partition, offset),
    stop: () => source.stop(),
  };
}
