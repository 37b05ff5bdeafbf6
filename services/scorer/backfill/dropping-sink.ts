import type { LogSink } from '../../core/ports/log.ts';

/**
 * Publishes nothing: what a backfill would say, the live scorers have said.
 * @param dropped told how many records were not published
 */
export function createDroppingSink(dropped: (records: number) => void): LogSink {
  return {
    publish(records) {
      dropped(records.length);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
}
