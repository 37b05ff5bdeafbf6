import type { DurationMs } from '../../core/units.ts';

const usuallyMs: DurationMs = 25;

/**
 * A `collect` for gauges whose values are read from a store. Under full load a read waits behind everything else that the
 * process asks of the store, and the whole page would wait with it, rates and errors included; so a scrape waits for a
 * while only. What is read later stands in the next page, and scrapes at one time share a read. While the store is away
 * the last values stand.
 * @param read sets the gauges
 * @param mostMs how long a scrape waits
 */
export function collectWithin(read: () => Promise<void>, mostMs: DurationMs = usuallyMs): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  return async () => {
    underWay ??= read()
      .catch(() => undefined)
      .finally(() => (underWay = null));
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, mostMs)));
    await Promise.race([underWay, timeIsUp]);
    clearTimeout(timer);
  };
}
