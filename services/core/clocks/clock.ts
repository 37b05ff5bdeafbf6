import type { DurationMs, EpochMs } from '../units.ts';
import type { TimeScale } from './time-scale.ts';

/** What a clock allows. */
export interface ClockTerms {
  readonly scale: TimeScale;
  /** Units of the scale until it is overdue. */
  readonly target: number;
}

/** How far a clock has come; only instants and units, so that it can be stored. */
export interface Clock {
  readonly startedAt: EpochMs;
  /** Units used up before `runningSince`. */
  readonly spent: number;
  /** Plain time it ran before `runningSince`, whatever its scale: how long it took, pauses left out. */
  readonly ranMs: DurationMs;
  /** Null while it is paused, and once it is met. */
  readonly runningSince: EpochMs | null;
  /** When what it waits for was done; null while it is not. */
  readonly metAt: EpochMs | null;
  /** When it became overdue, noted as it stops, so that a pause after that moves no escalation; null if in time. */
  readonly overdueSince: EpochMs | null;
}

/** Share of the target at which a clock warns. */
export const warningShare = 0.75;

export function startClock(at: EpochMs): Clock {
  return { startedAt: at, spent: 0, ranMs: 0, runningSince: at, metAt: null, overdueSince: null };
}

/** Stands still: time while somebody else has to act is not ours. Twice, or once met, it changes nothing. */
export function pauseClock(clock: Clock, at: EpochMs, terms: ClockTerms): Clock {
  return clock.runningSince === null ? clock : stop(clock, at, terms);
}

export function resumeClock(clock: Clock, at: EpochMs): Clock {
  if (clock.metAt !== null || clock.runningSince !== null) return clock;
  return { ...clock, runningSince: at };
}

/** Done: what was spent stands. A clock that is met already keeps its first time. */
export function meetClock(clock: Clock, at: EpochMs, terms: ClockTerms): Clock {
  return clock.metAt === null ? { ...stop(clock, at, terms), metAt: at } : clock;
}

function stop(clock: Clock, at: EpochMs, terms: ClockTerms): Clock {
  const overdueSince = isOverdue(clock, at, terms) ? dueAt(clock, terms) : null;
  const spent = spentUnits(clock, at, terms.scale);
  return { ...clock, spent, ranMs: timeRun(clock, at), runningSince: null, overdueSince };
}

/** What was done did not hold: the clock goes on from where it stood, it does not begin anew. */
export function reopenClock(clock: Clock, at: EpochMs): Clock {
  return clock.metAt === null ? clock : { ...clock, runningSince: at, metAt: null };
}

/** Units used up by an instant. Times before the last change, as skewed clocks bring them, use up nothing. */
export function spentUnits(clock: Clock, at: EpochMs, scale: TimeScale): number {
  return clock.runningSince === null ? clock.spent : clock.spent + scale.between(clock.runningSince, at);
}

/** Plain time it ran by an instant, pauses left out. */
export function timeRun({ runningSince, ranMs }: Clock, at: EpochMs): DurationMs {
  return runningSince === null ? ranMs : ranMs + Math.max(0, at - runningSince);
}

/** When it will be overdue, or was, if nothing happens; null while it stands still and had time left. */
export function dueAt(clock: Clock, { scale, target }: ClockTerms): EpochMs | null {
  if (clock.metAt !== null) return null;
  return clock.overdueSince ?? reaches(clock, scale, target);
}

/** When it will warn, or did; null while it stands still before that. */
export function warnsAt(clock: Clock, { scale, target }: ClockTerms): EpochMs | null {
  return reaches(clock, scale, target * warningShare);
}

function reaches(clock: Clock, scale: TimeScale, units: number): EpochMs | null {
  return clock.runningSince === null ? null : scale.after(clock.runningSince, units - clock.spent);
}

/** Shares of working days are doubles; what is less than half a unit over the target comes from their rounding. */
const tolerance = 0.5;

/** Whether more than the target was, or by `at` has been, used up; done on the very instant is in time. */
export function isOverdue(clock: Clock, at: EpochMs, { scale, target }: ClockTerms): boolean {
  return spentUnits(clock, at, scale) > target + tolerance;
}
