import type { EventType } from '../events/event-types.ts';
import type { EpochMs } from '../units.ts';

/** What a rule may know besides the value. */
export interface CleanContext {
  readonly type: EventType;
  /** ISO 3166-1 alpha-2 of numbers without a country code; asked only where it matters. */
  readonly country: () => string | null;
  /** When the event was received. */
  readonly now: EpochMs;
}

/** What a rule thinks of a value. */
export type Verdict =
  /** Right; `value` is its normal form. */
  | { readonly state: 'right'; readonly value: string | number }
  /** It may mean something, but not what its field is for. */
  | { readonly state: 'invalid' }
  /** Nobody can have meant it: it is withdrawn. */
  | { readonly state: 'impossible' };

/** Decides over a text (Unicode NFC, trimmed, not empty) or a number; pure, and at rest in its own normal forms. */
export type CleanRule = (value: string | number, context: CleanContext) => Verdict;
