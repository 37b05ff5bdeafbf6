import type { EpochDay } from '../../units.ts';
import type { FeatureState } from '../customer-state.ts';
import { emptyFeatures } from '../empty-state.ts';
import { horizonDays } from '../horizon.ts';
import { viewCases, type CaseView } from './case-view.ts';
import { counterId, signalCounters, type SignalCounter } from './signal-counters.ts';

const windowDays = [30, 60, 90, 180, 365] as const;

/** Length of a window that ends at asOf, in days. */
export type WindowDays = (typeof windowDays)[number];

const width = signalCounters.length;

/**
 * The signals of one customer summed over windows before one `asOf`, in one walk over the tiles. One object serves all
 * vectors, one after the other: `read` replaces what it held.
 */
export class SignalWindows {
  readonly #running = new Float64Array(width);
  readonly #sums = new Float64Array(windowDays.length * width);
  /** NaN where a counter never counted. */
  readonly #lastDays = new Float64Array(width).fill(Number.NaN);
  #asOf: EpochDay = 0;
  #state: FeatureState = emptyFeatures();
  #cases: CaseView | null = null;
  #isEmpty = true;

  /** Reads the tiles of the horizon before `asOf`, which no tile reaches. */
  read(state: FeatureState, asOf: EpochDay): void {
    const { signalTiles } = state;
    this.#state = state;
    this.#asOf = asOf;
    this.#cases = null;
    if (signalTiles.length === 0 && this.#isEmpty) return;
    this.#isEmpty = signalTiles.length === 0;
    this.#running.fill(0);
    this.#lastDays.fill(Number.NaN);
    let index = signalTiles.length - 1;
    for (let window = 0; window <= windowDays.length; window++) {
      // the days behind the last window only tell when something was last
      const first = window < windowDays.length ? asOf - windowDays[window] : asOf - horizonDays + 1;
      for (; index >= 0 && signalTiles[index].day >= first; index--) {
        const { day, counts } = signalTiles[index];
        for (let at = 0; at < counts.length; at += 2) {
          this.#running[counts[at]] += counts[at + 1];
          if (Number.isNaN(this.#lastDays[counts[at]])) this.#lastDays[counts[at]] = day;
        }
      }
      if (window < windowDays.length) this.#sums.set(this.#running, window * width);
    }
  }

  /** First business day not included. */
  get asOf(): EpochDay {
    return this.#asOf;
  }

  /** The customer's cases on that day. */
  get cases(): CaseView {
    this.#cases ??= viewCases(this.#state, this.#asOf);
    return this.#cases;
  }

  /** Sum of a counter over the last `days` days before asOf. */
  sum(counter: SignalCounter, days: WindowDays): number {
    return this.#sums[slotOf(counter, days)];
  }

  /** The same for a place that was looked up before (`slotOf`). */
  sumAt(slot: number): number {
    return this.#sums[slot];
  }

  /** Sum over the `days` days before asOf against the same number of days before them; see `changeOf`. */
  change(counters: readonly SignalCounter[], days: 30 | 90): number {
    let recent = 0;
    let both = 0;
    for (const counter of counters) {
      recent += this.sum(counter, days);
      both += this.sum(counter, days === 30 ? 60 : 180);
    }
    return changeOf(recent, both - recent);
  }

  /** Last day in the horizon that has any of a counter; NaN where none has. */
  lastDay(counter: SignalCounter): EpochDay {
    return this.#lastDays[counterId[counter]];
  }

  /** Days from that day to asOf, at least 1; NaN where there is none. */
  daysSince(counter: SignalCounter): number {
    return this.#asOf - this.lastDay(counter);
  }
}

/** Place of a sum, for `sumAt`. */
export function slotOf(counter: SignalCounter, days: WindowDays): number {
  return windowDays.indexOf(days) * width + counterId[counter];
}

/** How much more (up to 1) or less (down to -1) `recent` is than `before`, as a share of both; NaN where both are 0. */
export function changeOf(recent: number, before: number): number {
  return (recent - before) / (recent + before);
}
