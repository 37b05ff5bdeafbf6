import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { ApplyContext } from '../../services/core/features/apply-context.ts';
import { applyRecord } from '../../services/core/features/apply-record.ts';
import { closeDay } from '../../services/core/features/close-day.ts';
import type { Mark } from '../../services/core/features/customer-state.ts';
import { emptyState } from '../../services/core/features/empty-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../services/core/features/own-block.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { EpochDay } from '../../services/core/units.ts';

/** Folds the log of a score's customer up to the record that the score was made from. */
export class ScoreReplay {
  readonly #score: Score;
  readonly #context: ApplyContext;
  readonly #state = emptyState();
  #isThere = false;

  constructor(score: Score, context: ApplyContext) {
    this.#score = score;
    this.#context = context;
  }

  /**
   * Takes the next record of the log.
   * @param closedDay last day of the tenant that was closed before it on its partition; 0 when none
   */
  read(record: CustomerRecord, at: Mark, closedDay: EpochDay): void {
    const { tenant, surrogate, source, eventId } = this.#score;
    if (this.#isThere || record.tenant !== tenant) return;
    const isOwn = record.surrogate === surrogate;
    if (isOwn && closedDay > this.#state.closedDay) closeDay(this.#state, closedDay);
    if (isOwn && (record.kind === 'event' || record.kind === 'event-retracted'))
      applyRecord(this.#state, record, at, this.#context);
    // the end of a day is a record of all customers of its partition
    this.#isThere = (isOwn || record.dayClosed !== null) && record.source === source && record.eventId === eventId;
  }

  /** Raw features at the day of the score; null while its record has not come. */
  vector(minorPerMajor: number): Float64Array | null {
    if (!this.#isThere) return null;
    const raw = new Float64Array(featureNames.length);
    writeFeatures(ownBlock(this.#state).features, this.#score.asOf, minorPerMajor, raw);
    return raw;
  }
}
