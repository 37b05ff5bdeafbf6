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
  /** Scores that alerts have read since their start once they have read all of this round. */
  readonly scores: number;
}

/**
 * A service is under load while events are sent and, beyond, while its own page says that it has something to read: what
 * comes after its last record is neither phase. A lag that nobody can tell is absent, so alerts count their scores besides. The control is under load as long as any service is.
 */
export function roundScrapes({ idle, loaded, sentAt, scores }: PhaseScrapes): Record<TargetName, RoundScrapes> {
  const isBusy = ({ target, at, lag, scoresRead }: Scrape): boolean =>
    at < sentAt || lag > 0 || (target === 'alerts' && scoresRead < scores);
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
