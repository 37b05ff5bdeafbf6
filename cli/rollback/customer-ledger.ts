import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { Remainder } from '../../services/core/events/retraction-record.ts';
import type { ApplyContext } from '../../services/core/features/apply-context.ts';
import { applyRecord } from '../../services/core/features/apply-record.ts';
import { closeDay } from '../../services/core/features/close-day.ts';
import type { Mark } from '../../services/core/features/customer-state.ts';
import { emptyState } from '../../services/core/features/empty-state.ts';
import { eventDay } from '../../services/core/features/event-day.ts';
import { featureReading } from '../../services/core/features/reads-features.ts';
import type { EpochDay } from '../../services/core/units.ts';

/** What one retraction has to say, and whether its score may open tasks. */
export interface PlannedRetraction {
  readonly remainder: Remainder;
  readonly historical: boolean;
}

/**
 * One customer's history as the scorer folds it, and which of it is in the features at the end: an event that was a
 * duplicate, late or taken back before is not. From this the retractions of one import are planned, in the order in
 * which its events stand in the log.
 */
export class CustomerLedger {
  readonly #context: ApplyContext;
  readonly #importId: string;
  readonly #state = emptyState();
  /** Days of folded events of any kind, and of purchases, with how many each holds. */
  readonly #days = new Map<EpochDay, number>();
  readonly #purchaseDays = new Map<EpochDay, number>();
  /** Folded events of the import that nobody has taken back yet. */
  readonly #imported = new Set<string>();
  /** Whether the newest event that remains came from an import too; then nothing live is known of the customer. */
  #historical = true;

  constructor(context: ApplyContext, importId: string) {
    this.#context = context;
    this.#importId = importId;
  }

  /** Events of the import that a roll-back has still to take back. */
  get open(): number {
    return this.#imported.size;
  }

  /**
   * Takes the customer's next record of the log.
   * @param closedDay last day closed before it on its partition; 0 when none
   */
  read(record: CustomerRecord, at: Mark, closedDay: EpochDay): void {
    if (closedDay > this.#state.closedDay) closeDay(this.#state, closedDay);
    const { result, scored } = applyRecord(this.#state, record, at, this.#context);
    if (result !== 'applied') return;
    if (record.kind === 'event-retracted') {
      if (record.retracted !== null) this.#forget(record.retracted);
      return;
    }
    this.#count(record, 1);
    if (record.importId === this.#importId) this.#imported.add(keyOf(record));
    else if (scored) this.#historical = record.historical;
  }

  /** The retraction of an event of the import; null when there is nothing to take back. Planned once. */
  plan(original: CustomerRecord): PlannedRetraction | null {
    if (!this.#imported.has(keyOf(original))) return null;
    this.#forget(original);
    const day = eventDay(original, this.#context.calendar);
    const remainder = { purchaseDayHeld: this.#purchaseDays.has(day), firstDay: this.#firstDay() };
    // The last one speaks for what remains: the ones before it show states that nobody was ever in.
    return { remainder, historical: this.open > 0 || this.#historical };
  }

  #forget(original: CustomerRecord): void {
    this.#imported.delete(keyOf(original));
    this.#count(original, -1);
  }

  #count(record: CustomerRecord, by: number): void {
    const day = eventDay(record, this.#context.calendar);
    add(this.#days, day, by);
    if (featureReading(record) === 'purchase') add(this.#purchaseDays, day, by);
  }

  #firstDay(): EpochDay | null {
    let first: EpochDay | null = null;
    for (const day of this.#days.keys()) if (first === null || day < first) first = day;
    return first;
  }
}

function keyOf({ source, eventId }: CustomerRecord): string {
  return `${source} ${eventId}`;
}

function add(counts: Map<EpochDay, number>, day: EpochDay, by: number): void {
  const count = (counts.get(day) ?? 0) + by;
  if (count > 0) counts.set(day, count);
  else counts.delete(day);
}
