import type { DurationMs, EpochMs } from '../../../services/core/units.ts';

export const services = ['ingest', 'scorer', 'alerts'] as const;
export type ServiceName = (typeof services)[number];

/** The fixed page is the control: a server that has nothing to do but to send a page that is ready. */
export const targets = [...services, 'fixed-page'] as const;
export type TargetName = (typeof targets)[number];

/** One scrape, as the scraping process saw it. */
export interface Scrape {
  readonly target: TargetName;
  readonly at: EpochMs;
  /** From sending the request until the whole page was there. */
  readonly ms: DurationMs;
  /** Records that the page says are still to be read, over all partitions and groups of the service. */
  readonly lag: number;
  /** Scores that alerts say they have read since their start; 0 of the others. */
  readonly scoresRead: number;
}
