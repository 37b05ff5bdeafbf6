import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceCase, type CaseAdvance } from '../../../../services/core/cases/advance-case.ts';
import type { CaseStep } from '../../../../services/core/cases/case-step.ts';
import type { ServiceCase } from '../../../../services/core/cases/service-case.ts';
import { openClocks, strictestDue } from '../../../../services/core/clocks/service-clocks.ts';
import { serviceRules } from '../../../support/service-rules.ts';

const hour = 3_600_000;

function aCase(isComplaint = false): ServiceCase {
  return {
    caseId: 'c-1', channel: 'phone', nature: 'service', weight: 'routine', isComplaint, status: 'opened', owner: null,
    openedAt: 0, updatedAt: 0, causeCode: null, reopenings: 0, reopenedAt: null, resolvedAt: null, closedAt: null,
    clocks: openClocks({ weight: 'routine', isComplaint, tier: null }, 0, serviceRules),
  }; // prettier-ignore
}

function take(start: ServiceCase, steps: readonly CaseStep[]): { last: CaseAdvance; all: CaseAdvance[] } {
  const all: CaseAdvance[] = [];
  let state = start;
  for (const step of steps) {
    const next = advanceCase(state, step, serviceRules);
    all.push(next);
    state = next.case;
  }
  const last = all.at(-1);
  if (last === undefined) throw new Error('no steps');
  return { last, all };
}

const solved: readonly CaseStep[] = [
  { kind: 'respond', at: hour, by: 'person' },
  { kind: 'resolve', at: 2 * hour, causeCode: null },
];

describe('a service case', () => {
  it('goes from its opening to its closing', () => {
    const { all } = take(aCase(), [
      { kind: 'respond', at: hour, by: 'person' },
      { kind: 'progress', at: 2 * hour, by: 'person', isToCustomer: true },
      { kind: 'resolve', at: 3 * hour, causeCode: 'delivery-late' },
      { kind: 'follow-up', at: 50 * hour },
      { kind: 'close', at: 51 * hour, causeCode: null },
    ]);
    expect(all.map((each) => each.case.status)).toEqual(['responded', 'handled', 'resolved', 'followed-up', 'closed']);
    expect(all.at(-1)?.case.causeCode).toBe('delivery-late');
  });

  it('is not closed without a follow-up, nor without a cause', () => {
    const early = take(aCase(), [...solved, { kind: 'close', at: 3 * hour, causeCode: 'x' }]).last;
    expect(early).toMatchObject({ result: 'refused', fault: 'no-follow-up' });
    const steps: CaseStep[] = [...solved, { kind: 'follow-up', at: 3 * hour }];
    expect(take(aCase(), [...steps, { kind: 'close', at: 4 * hour, causeCode: null }]).last).toMatchObject({
      result: 'refused',
      fault: 'no-cause-code',
    });
    expect(take(aCase(), [...steps, { kind: 'close', at: 4 * hour, causeCode: 'x' }]).last.result).toBe('applied');
  });

  it('is not answered by a bot, nor handled by a note that the customer does not see', () => {
    const { all } = take(aCase(), [
      { kind: 'respond', at: hour, by: 'bot' },
      { kind: 'progress', at: hour, by: 'person', isToCustomer: false },
    ]);
    expect(all.map(({ result }) => result)).toEqual(['unchanged', 'unchanged']);
    expect(strictestDue(all[1]?.case.clocks ?? aCase().clocks, serviceRules)?.name).toBe('answer');
  });

  it('opened again asks for its cause again and goes on with the time for solving it', () => {
    const { last } = take(aCase(), [...solved, { kind: 'reopen', at: 10 * hour }]);
    expect(last.case).toMatchObject({ status: 'handled', causeCode: null, reopenings: 1 });
    expect(strictestDue(last.case.clocks, serviceRules)).toEqual({ name: 'resolution', at: 80 * hour });
    const again = take(last.case, [{ kind: 'resolve', at: 11 * hour, causeCode: 'x' }]).last;
    expect(strictestDue(again.case.clocks, serviceRules)).toEqual({ name: 'followUp', at: 83 * hour });
  });

  it('found to be a complaint later has been one from the beginning', () => {
    const sort: CaseStep = { kind: 'sort', at: 5 * hour, nature: null, weight: null, isComplaint: true };
    const { last } = take(aCase(), [sort]);
    const clock = last.case.clocks.clocks.find(({ name }) => name === 'complaint')?.clock;
    expect(clock?.startedAt).toBe(0);
    const answered = take(aCase(), [{ kind: 'respond', at: hour, by: 'person' }, sort]).last;
    expect(answered.case.clocks.clocks.find(({ name }) => name === 'complaint')?.clock.metAt).toBe(hour);
  });

  it('never reaches its end past a rule, whatever is reported in whatever order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('respond' as const), by: fc.constantFrom('person', 'bot') }),
      fc.record({
        kind: fc.constant('progress' as const),
        by: fc.constantFrom('person', 'bot'),
        isToCustomer: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('wait' as const), state: fc.constantFrom('waiting-for-customer', 'elsewhere') }),
      fc.record({ kind: fc.constantFrom('resume', 'follow-up', 'reopen') }),
      fc.record({ kind: fc.constantFrom('resolve', 'close'), causeCode: fc.constantFrom('x', null) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(200)), { minLength: 1, maxLength: 30 }), (drawn) => {
        const steps = drawn.map(([each, hours]) => ({ ...each, at: hours * hour }));
        let followedUp = false;
        let before = aCase();
        for (const each of steps) {
          const { case: after, result } = advanceCase(before, each, serviceRules);
          expect(after.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
          if (each.kind === 'follow-up' && after.status === 'followed-up') followedUp = true;
          if (after.status === 'handled') followedUp = false;
          if (after.status === 'closed' && before.status !== 'closed') {
            expect(followedUp).toBe(true);
            expect(after.causeCode).not.toBeNull();
            expect(strictestDue(after.clocks, serviceRules)).toBeNull();
          }
          if (result !== 'applied') expect(after).toEqual(before);
          before = after;
        }
      }),
    );
  });
});
