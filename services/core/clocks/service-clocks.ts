import type { EpochMs } from '../units.ts';
import { type Clock, dueAt, meetClock, pauseClock, reopenClock, resumeClock, startClock } from './clock.ts';
import type { ClockName, ClockRule, Moment, ServiceClass } from './clock-rule.ts';

/** A clock and which of its alarms were raised, each once for good. */
export interface ServiceClock {
  readonly name: ClockName;
  readonly clock: Clock;
  readonly warned: boolean;
  /** Steps of the escalation taken. */
  readonly escalated: number;
  /** When it ran out, as far as time was passed; null while it has not, and where it was met in time after all. */
  readonly overdueAt: EpochMs | null;
}

/** All clocks of one case or task; can be stored. */
export interface ServiceClocks {
  readonly serviceClass: ServiceClass;
  /** The waiting state it is in, null while we have to act. */
  readonly waitingIn: string | null;
  readonly clocks: readonly ServiceClock[];
}

export function openClocks(serviceClass: ServiceClass, at: EpochMs, rules: readonly ClockRule[]): ServiceClocks {
  return passMoment({ serviceClass, waitingIn: null, clocks: [] }, 'opened', { at, rules });
}

/** What a moment does: starts clocks, meets others, lets them go on. Moments that concern no clock change nothing. */
export function passMoment(
  state: ServiceClocks,
  moment: Moment,
  { at, rules }: { at: EpochMs; rules: readonly ClockRule[] },
): ServiceClocks {
  const clocks = rules.flatMap((rule) => {
    const found = state.clocks.find(({ name }) => name === rule.name);
    const next = found === undefined ? started(rule, state, { moment, at }) : moved(found, rule, { state, moment, at });
    return next === undefined ? [] : [next];
  });
  return { ...state, clocks };
}

function started(
  rule: ClockRule,
  state: ServiceClocks,
  { moment, at }: { moment: Moment; at: EpochMs },
): ServiceClock | undefined {
  const terms = rule.termsFor(state.serviceClass);
  if (terms === null || rule.startsOn !== moment) return undefined;
  const clock = startClock(at);
  const isWaiting = state.waitingIn !== null && rule.pausedIn.has(state.waitingIn);
  const untold = { warned: false, escalated: 0, overdueAt: null };
  return { name: rule.name, clock: isWaiting ? pauseClock(clock, at, terms) : clock, ...untold };
}

function moved(
  found: ServiceClock,
  rule: ClockRule,
  { state, moment, at }: { state: ServiceClocks; moment: Moment; at: EpochMs },
): ServiceClock | undefined {
  // What waits for something after the solution waits anew once there is another one.
  if (moment === 'reopened' && rule.startsOn === 'resolved') return undefined;
  const terms = rule.termsFor(state.serviceClass);
  if (terms === null) return found;
  if (rule.metBy.includes(moment) || moment === 'closed') return turn(found, meetClock(found.clock, at, terms));
  if (moment === 'reopened' && rule.goesOnWhenReopened) return turn(found, reopenClock(found.clock, at));
  return found;
}

/** Whether it ran out is what the clock itself says as it stops; a step that is told late may have been in time. */
function turn(each: ServiceClock, clock: Clock): ServiceClock {
  return clock === each.clock ? each : { ...each, clock, overdueAt: clock.overdueSince };
}

/** Enters a waiting state, or leaves it with null. Clocks that the new state does not pause run. */
export function waitIn(
  state: ServiceClocks,
  waitingIn: string | null,
  { at, rules }: { at: EpochMs; rules: readonly ClockRule[] },
): ServiceClocks {
  const clocks = state.clocks.map((each) => {
    const rule = rules.find(({ name }) => name === each.name);
    const terms = rule?.termsFor(state.serviceClass);
    if (rule === undefined || terms === undefined || terms === null) return each;
    const isPaused = waitingIn !== null && rule.pausedIn.has(waitingIn);
    return turn(each, isPaused ? pauseClock(each.clock, at, terms) : resumeClock(each.clock, at));
  });
  return { ...state, waitingIn, clocks };
}

/**
 * The first instant at which one of them is overdue, and which: the strictest decides. Null while none runs, or where a
 * rule is not served any more.
 */
export function strictestDue(
  state: ServiceClocks,
  rules: readonly ClockRule[],
): { readonly name: ClockName; readonly at: EpochMs } | null {
  let strictest: { name: ClockName; at: EpochMs } | null = null;
  for (const { name, clock } of state.clocks) {
    const terms = rules.find((rule) => rule.name === name)?.termsFor(state.serviceClass);
    const at = terms === undefined || terms === null ? null : dueAt(clock, terms);
    if (at !== null && (strictest === null || at < strictest.at)) strictest = { name, at };
  }
  return strictest;
}
