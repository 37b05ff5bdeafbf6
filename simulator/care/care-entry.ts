import type { Level } from '../../services/core/scoring/level.ts';
import type { EventType } from '../../services/core/events/event-types.ts';
import type { EpochMs } from '../../services/core/units.ts';

/** One thing that happens to a customer of the demo care business, or that its staff does; at most one in an hour. */
export type CareEntry =
  | {
      readonly kind: 'score';
      readonly at: EpochMs;
      readonly level: Level;
      readonly reasons: readonly string[];
      readonly p90: number;
      /** Expected spend in major units. */
      readonly value: number;
    }
  | {
      readonly kind: 'event';
      readonly at: EpochMs;
      readonly type: EventType;
      readonly attributes: Readonly<Record<string, string | number | boolean>>;
      readonly amountMinor: number | null;
    }
  | {
      readonly kind: 'place';
      readonly at: EpochMs;
      readonly standing: 'tier' | 'stage';
      readonly scheme: string;
      readonly name: string | null;
    }
  | StaffEntry;

/** A command of the staff. */
export interface StaffEntry {
  readonly kind: 'staff';
  readonly at: EpochMs;
  readonly verb: 'claim' | 'respond' | 'resolve' | 'snooze' | 'leave-alone';
  /** Null for what is about the customer. */
  readonly task: { readonly trigger: string; readonly episode: number } | null;
  readonly until: EpochMs | null;
  readonly result: string | null;
  /** What a snoozed task waits for; null where the clock goes on. */
  readonly state: string | null;
}
