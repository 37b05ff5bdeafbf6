import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dueAt, spentUnits } from '../../../../services/core/clocks/clock.ts';
import { type ClockAlarm, nextAlarmAt, raiseAlarms } from '../../../../services/core/clocks/clock-alarms.ts';
import type { ClockRule, Moment, ServiceClass } from '../../../../services/core/clocks/clock-rule.ts';
import { openClocks, passMoment, type ServiceClocks, waitIn } from '../../../../services/core/clocks/service-clocks.ts';
import type { TimeScale } from '../../../../services/core/clocks/time-scale.ts';
import { workingTime } from '../../../../services/core/clocks/working-time.ts';
import { createWorkingHours, type HourRange } from '../../../../services/core/clocks/working-hours.ts';
import { rootDir } from '../../../support/root-dir.ts';
import { serviceRule } from '../../../support/service-rules.ts';

/*
 * Cases of a team that works Monday to Friday from 9 to 18: an answer within 24 working hours, a solution within 48, which
 * waits for the customer and goes on when the case is opened again. Times and results of the table come from stepping
 * through Python's zoneinfo minute by minute.
 */

interface GoldenCase {
  readonly name: string;
  readonly timezone: string;
  /** Instant and what happens. */
  readonly steps: readonly string[];
  readonly until: string;
  readonly expect: {
    readonly spentMinutes: Readonly<Record<string, number>>;
    readonly due: Readonly<Record<string, string | null>>;
    readonly alarms: readonly { at: string; kind: string; clock: string; step?: number }[];
  };
}

const { cases } = JSON.parse(readFileSync(join(rootDir, 'test/fixtures/clocks/cases.json'), 'utf8')) as {
  cases: readonly GoldenCase[];
};
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const routine: ServiceClass = { weight: 'routine', isComplaint: false, tier: null };
const day: readonly HourRange[] = [[9 * 60, 18 * 60]];

function rulesFor(scale: TimeScale): readonly ClockRule[] {
  return [
    serviceRule('answer', 24, {
      metBy: ['answered', 'resolved'],
      pausedIn: new Set(),
      termsFor: () => ({ scale, target: 24 * hourMs }),
    }),
    serviceRule('resolution', 48, { goesOnWhenReopened: true, termsFor: () => ({ scale, target: 48 * hourMs }) }),
  ];
}

/** Lets time pass: every alarm is raised at its own instant, by somebody who sleeps until the next one. */
function passTime(state: ServiceClocks, until: number, rules: readonly ClockRule[], raised: ClockAlarm[]) {
  let now = state;
  for (let at = nextAlarmAt(now, rules); at !== null && at <= until; at = nextAlarmAt(now, rules)) {
    const { state: next, alarms } = raiseAlarms(now, at, rules);
    expect(alarms.length, 'something was due').toBeGreaterThan(0);
    raised.push(...alarms);
    now = next;
  }
  return now;
}

function play({ timezone, steps, until }: GoldenCase) {
  const week = [day, day, day, day, day, [], []];
  const scale = workingTime(createWorkingHours({ timezone, week, exceptions: new Map() }));
  const rules = rulesFor(scale);
  const raised: ClockAlarm[] = [];
  const end = Date.parse(until);
  let state: ServiceClocks | null = null;
  for (const step of steps) {
    const [time = '', what = ''] = step.split(' ');
    const at = Date.parse(time);
    if (state === null) {
      state = openClocks(routine, at, rules);
      continue;
    }
    state = passTime(state, at, rules, raised);
    if (what === 'wait' || what === 'back') {
      state = waitIn(state, what === 'wait' ? 'waiting-for-customer' : null, { at, rules });
    } else state = passMoment(state, what as Moment, { at, rules });
  }
  if (state === null) throw new Error('a case without steps');
  return { state: passTime(state, end, rules, raised), raised, end, scale };
}

describe('the golden table of cases', () => {
  it('crosses both changes of the clock in two zones, and none in a third', () => {
    expect(cases).toHaveLength(15);
  });

  it.each(cases)('$name', (golden) => {
    const { state, raised, end, scale } = play(golden);
    const terms = (name: string) => ({ scale, target: (name === 'answer' ? 24 : 48) * hourMs });
    const spent = state.clocks.map(({ name, clock }) => [name, spentUnits(clock, end, scale) / minuteMs]);
    expect(Object.fromEntries(spent)).toEqual(golden.expect.spentMinutes);
    const due = state.clocks.map(({ name, clock }) => {
      const at = dueAt(clock, terms(name));
      return [name, at === null ? null : new Date(at).toISOString()];
    });
    expect(Object.fromEntries(due)).toEqual(golden.expect.due);
    const alarms = raised.map(({ kind, clock, at, ...more }) => {
      return { at: new Date(at).toISOString(), kind, clock, ...('step' in more ? { step: more.step } : {}) };
    });
    expect(alarms).toEqual(golden.expect.alarms);
  });
});
