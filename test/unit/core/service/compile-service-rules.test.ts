import { describe, expect, it } from 'vitest';
import { applyCaseCommand } from '../../../../services/core/cases/apply-case-command.ts';
import { emptyCaseBook, placeCustomer } from '../../../../services/core/cases/case-book.ts';
import { caseDueAt, passCaseTime } from '../../../../services/core/cases/pass-case-time.ts';
import { caseCommand } from '../../../support/case-inputs.ts';
import { shippedServiceRules } from '../../../support/shipped-service-rules.ts';

const { cases: rules } = await shippedServiceRules();
/** A Friday in summer, five in the afternoon in London. */
const friday = Date.parse('2026-06-05T16:00:00Z');

function open(more: Parameters<typeof caseCommand>[2], tier: string | null = null) {
  const book = placeCustomer(emptyCaseBook, { tier, risk: null });
  return applyCaseCommand(book, caseCommand('case-open', 0, { at: friday, channel: 'call', ...more }), rules).book;
}

function overdue(book: ReturnType<typeof open>): Record<string, string> {
  const { moments } = passCaseTime(book, friday + 60 * 86_400_000, rules);
  const told = moments.filter(({ kind }) => kind === 'overdue');
  return Object.fromEntries(told.map(({ clock, at }) => [clock ?? '', new Date(at).toISOString().slice(0, 16)]));
}

describe('the shipped service rules', () => {
  it('run several clocks at once, each in its own time', () => {
    expect(overdue(open({ isComplaint: true }))).toEqual({
      answer: '2026-06-06T16:00',
      handling: '2026-06-07T16:00',
      complaint: '2026-06-10T16:00',
      resolution: '2026-06-10T16:00',
    });
  });

  it('give urgent cases an hour and four', () => {
    expect(overdue(open({ weight: 'urgent' }))).toEqual({
      answer: '2026-06-05T17:00',
      handling: '2026-06-05T20:00',
      resolution: '2026-06-08T16:00',
    });
  });

  it('serve the core tier in half the time, and nobody later than others', () => {
    expect(overdue(open({}, 'core'))).toMatchObject({ answer: '2026-06-06T04:00', handling: '2026-06-06T16:00' });
    expect(overdue(open({}, 'unheard of'))).toEqual(overdue(open({})));
  });

  it('warn at three quarters, then tell the team lead and a day later the manager', () => {
    const book = open({});
    expect(caseDueAt(book, rules)).toBe(friday + 18 * 3_600_000);
    const { moments } = passCaseTime(book, friday + 49 * 3_600_000, rules);
    const ofAnswer = moments.filter(({ clock }) => clock === 'answer');
    expect(ofAnswer.map(({ kind, role, at }) => [kind, role, (at - friday) / 3_600_000])).toEqual([
      ['warned', null, 18],
      ['overdue', null, 24],
      ['escalated', 'service-lead', 24],
      ['escalated', 'service-manager', 48],
    ]);
  });

  it('call a case stuck after two working days without anything done, though nobody complained', () => {
    const { moments } = passCaseTime(open({}), friday + 30 * 86_400_000, rules);
    const stuck = moments.filter(({ kind }) => kind === 'stuck');
    expect(stuck.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-06-09T16:00:00.000Z']);
  });

  it('rank by urgency and tier', () => {
    expect(rules.shareOf({ weight: 'urgent', tier: null })).toBe(10);
    expect(rules.shareOf({ weight: 'routine', tier: 'core' })).toBe(2);
    expect(rules.shareOf({ weight: 'routine', tier: 'toString' })).toBe(1);
  });
});
