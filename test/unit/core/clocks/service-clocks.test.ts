import { describe, expect, it } from 'vitest';
import type { ServiceClass } from '../../../../services/core/clocks/clock-rule.ts';
import { nextAlarmAt, raiseAlarms } from '../../../../services/core/clocks/clock-alarms.ts';
import { openClocks, passMoment, strictestDue, waitIn } from '../../../../services/core/clocks/service-clocks.ts';
import { serviceRule, serviceRules } from '../../../support/service-rules.ts';

const hour = 3_600_000;
const routine: ServiceClass = { weight: 'routine', isComplaint: false, tier: null };

describe('the clocks of a case', () => {
  it('run at once, and the one that runs out first decides', () => {
    const opened = openClocks(routine, 0, serviceRules);
    expect(opened.clocks.map(({ name }) => name)).toEqual(['answer', 'handling', 'resolution']);
    expect(strictestDue(opened, serviceRules)).toEqual({ name: 'answer', at: 24 * hour });
    const answered = passMoment(opened, 'answered', { at: 5 * hour, rules: serviceRules });
    expect(strictestDue(answered, serviceRules)).toEqual({ name: 'handling', at: 48 * hour });
  });

  it('include the one for complaints where the case is one', () => {
    const opened = openClocks({ ...routine, isComplaint: true }, 0, serviceRules);
    expect(opened.clocks.map(({ name }) => name)).toContain('complaint');
  });

  it('stand still in the waiting states named for them only', () => {
    const opened = openClocks(routine, 0, serviceRules);
    const waiting = waitIn(opened, 'waiting-for-customer', { at: hour, rules: serviceRules });
    expect(strictestDue(waiting, serviceRules)).toEqual({ name: 'answer', at: 24 * hour });
    const back = waitIn(waiting, null, { at: 11 * hour, rules: serviceRules });
    const answered = passMoment(back, 'answered', { at: 12 * hour, rules: serviceRules });
    expect(strictestDue(answered, serviceRules)).toEqual({ name: 'handling', at: 58 * hour });
    const elsewhere = waitIn(opened, 'waiting-for-parts', { at: hour, rules: serviceRules });
    expect(strictestDue(elsewhere, serviceRules)).toEqual({ name: 'answer', at: 24 * hour });
  });

  it('start the follow-up once it is resolved, and go on with the resolution when it is opened again', () => {
    const opened = openClocks(routine, 0, serviceRules);
    const resolved = passMoment(opened, 'resolved', { at: 10 * hour, rules: serviceRules });
    expect(strictestDue(resolved, serviceRules)).toEqual({ name: 'followUp', at: 82 * hour });
    const reopened = passMoment(resolved, 'reopened', { at: 20 * hour, rules: serviceRules });
    expect(reopened.clocks.find(({ name }) => name === 'resolution')?.clock.runningSince).toBe(20 * hour);
    expect(reopened.clocks.find(({ name }) => name === 'answer')?.clock.metAt).toBe(10 * hour);
    expect(
      strictestDue(passMoment(reopened, 'closed', { at: 21 * hour, rules: serviceRules }), serviceRules),
    ).toBeNull();
  });
});

describe('their alarms', () => {
  it('warn once at three quarters and take each step of the escalation once', () => {
    const opened = openClocks(routine, 0, [serviceRule('answer', 24)]);
    const only = [serviceRule('answer', 24)];
    expect(nextAlarmAt(opened, only)).toBe(18 * hour);
    expect(raiseAlarms(opened, 18 * hour - 1, only).alarms).toEqual([]);
    const warned = raiseAlarms(opened, 18 * hour, only);
    expect(warned.alarms).toEqual([{ kind: 'warning', clock: 'answer', at: 18 * hour }]);
    expect(raiseAlarms(warned.state, 20 * hour, only).alarms).toEqual([]);
    const breached = raiseAlarms(warned.state, 24 * hour, only);
    expect(breached.alarms).toEqual([
      { kind: 'escalation', clock: 'answer', at: 24 * hour, step: 1, role: 'team-lead' },
    ]);
    expect(nextAlarmAt(breached.state, only)).toBe(48 * hour);
    const last = raiseAlarms(breached.state, 50 * hour, only);
    expect(last.alarms.map((alarm) => alarm.kind === 'escalation' && alarm.role)).toEqual(['service-manager']);
    expect(nextAlarmAt(last.state, only)).toBeNull();
  });

  it('raise all that was missed at once, in the order of time', () => {
    const missed = raiseAlarms(openClocks(routine, 0, serviceRules), 200 * hour, serviceRules);
    const times = missed.alarms.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(missed.alarms).toHaveLength(3 * 3);
    expect(raiseAlarms(missed.state, 1e12, serviceRules).alarms).toEqual([]);
  });

  it('are not raised again after a pause or a reopening', () => {
    const only = [serviceRule('resolution', 24, { goesOnWhenReopened: true })];
    const breached = raiseAlarms(openClocks(routine, 0, only), 25 * hour, only).state;
    const resolved = passMoment(breached, 'resolved', { at: 26 * hour, rules: only });
    expect(nextAlarmAt(resolved, only)).toBeNull();
    const reopened = passMoment(resolved, 'reopened', { at: 30 * hour, rules: only });
    expect(raiseAlarms(reopened, 47 * hour, only).alarms).toEqual([]);
    expect(raiseAlarms(reopened, 48 * hour, only).alarms).toEqual([
      { kind: 'escalation', clock: 'resolution', at: 48 * hour, step: 2, role: 'service-manager' },
    ]);
  });
});
