import type { EpochMs } from '../units.ts';
import { dueAt, warnsAt } from './clock.ts';
import type { ClockName, ClockRule } from './clock-rule.ts';
import type { ServiceClock, ServiceClocks } from './service-clocks.ts';

/** A clock has used up three quarters of its time, or an overdue one is brought before somebody. */
export type ClockAlarm =
  | { readonly kind: 'warning'; readonly clock: ClockName; readonly at: EpochMs }
  | {
      readonly kind: 'escalation';
      readonly clock: ClockName;
      readonly at: EpochMs;
      /** From 1. */
      readonly step: number;
      readonly role: string;
    };

/**
 * Raises what is due by `now`: a warning once for each clock, each step of an escalation once, whatever was paused or
 * opened again since. Asked late, it raises all that was missed, in the order of time.
 */
export function raiseAlarms(
  state: ServiceClocks,
  now: EpochMs,
  rules: readonly ClockRule[],
): { readonly state: ServiceClocks; readonly alarms: readonly ClockAlarm[] } {
  const alarms: ClockAlarm[] = [];
  const clocks = state.clocks.map((each) => {
    const due = pendingAlarms(state, each, rules).filter(({ at }) => at <= now);
    alarms.push(...due);
    if (due.length === 0) return each;
    const steps = due.filter(({ kind }) => kind === 'escalation').length;
    return { ...each, warned: true, escalated: each.escalated + steps };
  });
  alarms.sort((one, other) => one.at - other.at);
  return { state: { ...state, clocks }, alarms };
}

/** When `raiseAlarms` has something to do next if nothing else happens; null for never. */
export function nextAlarmAt(state: ServiceClocks, rules: readonly ClockRule[]): EpochMs | null {
  const times = state.clocks.flatMap((each) => pendingAlarms(state, each, rules).map(({ at }) => at));
  return times.length === 0 ? null : Math.min(...times);
}

function pendingAlarms(state: ServiceClocks, each: ServiceClock, rules: readonly ClockRule[]): ClockAlarm[] {
  const rule = rules.find(({ name }) => name === each.name);
  const terms = rule?.termsFor(state.serviceClass);
  if (rule === undefined || terms === undefined || terms === null) return [];
  const alarms: ClockAlarm[] = [];
  const warning = warnsAt(each.clock, terms);
  if (warning !== null && !each.warned) alarms.push({ kind: 'warning', clock: each.name, at: warning });
  const due = dueAt(each.clock, terms);
  if (due === null) return alarms;
  for (const [i, { afterMs, role }] of rule.escalation.entries()) {
    if (i >= each.escalated)
      alarms.push({ kind: 'escalation', clock: each.name, at: due + afterMs, step: i + 1, role });
  }
  return alarms;
}
