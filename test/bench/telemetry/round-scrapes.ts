import type { DurationMs, EpochMs } from '../../../services/core/units.ts';
import { type Scrape, type TargetName, targets } from './scrape.ts';

/** Times of one target's scrapes in the two phases of a round. */
export interface RoundScrapes {
  readonly idle: readonly DurationMs[];
  readonly loaded: readonly DurationMs[];
}

export interface PhaseScrapes {
  readonly idle: readonly Scrape[];
  /** From when the first event was sent until nobody had anything left to read. */
  readonly loaded: readonly Scrape[];
  /** When the last event was answered. */
  readonly sentAt: EpochMs;
}

/**
 * A service is under load while events are sent and, beyond, while its own page says that it has something to read: what
 * comes after its last record is neither phase. The control is under load as long as any service is.
 */
export function roundScrapes({ idle, loaded, sentAt }: PhaseScrapes): Record<TargetName, RoundScrapes> {
  const isBusy = ({ at, lag }: Scrape): boolean => at < sentAt || lag > 0;
  const endOf = (scrapes: readonly Scrape[]): EpochMs =>
    scrapes.filter(isBusy).reduce((end, { at }) => Math.max(end, at), 0);
  const msOf = (scrapes: readonly Scrape[]): DurationMs[] => scrapes.map(({ ms }) => ms);
  const of = (target: TargetName): RoundScrapes => {
    const own = loaded.filter((scrape) => scrape.target === target);
    const end = endOf(target === 'fixed-page' ? loaded : own);
    return {
      idle: msOf(idle.filter((scrape) => scrape.target === target)),
      loaded: msOf(own.filter(({ at }) => at <= end)),
    };
  };
  return Object.fromEntries(targets.map((target) => [target, of(target)])) as Record<TargetName, RoundScrapes>;
}
