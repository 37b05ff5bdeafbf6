import type { KpiFactKind } from '../core/kpis/kpi-fact.ts';
import type { DurationMs } from '../core/units.ts';
import type { TakenInput, UnreadableRecord } from './alerts-context.ts';
import type { InputKind } from './input-reader.ts';
import type { BirthdayFault } from './steps/open-birthday.ts';

/** What alerts tells its observers; called per chunk, not per record, but for what is rare. */
export interface AlertsTelemetry {
  /** What inputs did, told once the state that holds it is written. */
  inputsTaken(taken: readonly TakenInput[]): void;
  /** Records that could not be read; all but events went to the dead letters. */
  recordsUnreadable(unreadable: readonly UnreadableRecord[], from: UnreadableFrom): void;
  /** A sealed date of birth that could not be used. */
  birthdayPassedOver(fault: BirthdayFault): void;
  /** So many facts were published; what comes again is published and told again. */
  factsPublished(kind: KpiFactKind, count: number): void;
  /** How late each customer was with whom something was due. */
  timersFired(lateness: readonly DurationMs[]): void;
}

export interface UnreadableFrom {
  readonly kind: InputKind;
  readonly topic: string;
  readonly partition: number;
}
