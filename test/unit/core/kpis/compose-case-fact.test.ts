import { describe, expect, it } from 'vitest';
import { applyCaseCommand } from '../../../../services/core/cases/apply-case-command.ts';
import { applyCaseEvent } from '../../../../services/core/cases/apply-case-event.ts';
import { type CaseBook, emptyCaseBook } from '../../../../services/core/cases/case-book.ts';
import { caseDueAt, passCaseTime } from '../../../../services/core/cases/pass-case-time.ts';
import type { CommandVerb } from '../../../../services/core/commands/command-verbs.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { composeCaseFact } from '../../../../services/core/kpis/compose-case-fact.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { caseCommand, caseEvent } from '../../../support/case-inputs.ts';
import { plainCaseRules } from '../../../support/plain-case-rules.ts';

const hour = 3_600_000;
const rules = plainCaseRules();
const key = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };

type Step = (book: CaseBook) => CaseBook;
const event = (type: string, hours: number, properties = {}, more: Partial<CustomerRecord> = {}): Step =>
  (book) => applyCaseEvent(book, caseEvent(type, hours, properties, more), rules).book; // prettier-ignore
const command = (verb: CommandVerb, hours: number, more = {}): Step =>
  (book) => applyCaseCommand(book, caseCommand(verb, hours, more), rules).book; // prettier-ignore
const until =
  (hours: number): Step =>
  (book) =>
    passCaseTime(book, hours * hour, rules).book;

/** Facts owed after these steps, in the order in which they are owed. */
function facts(...steps: readonly Step[]) {
  const { owed } = steps.reduce((book, step) => step(book), emptyCaseBook);
  return owed.map((booked) => composeCaseFact(key, booked, nodeDigest));
}

describe('the fact of a case', () => {
  it('tells the case as it stands, in its newest version alone', () => {
    const [fact, ...others] = facts(
      event('case.opened', 0, { caseClass: 'complaint', nature: 'product', weight: 'urgent' }),
      command('case-assign', 1, { owner: 'mei' }),
      event('case.responded', 2),
      event('case.resolved', 5, { causeCode: 'other' }),
      event('case.followed_up', 6),
      event('case.closed', 7),
    );
    expect(others).toEqual([]);
    expect(fact).toMatchObject({ kind: 'serviceCase', epoch: 0, sequence: 6, at: 7 * hour, channel: 'call', sign: 1 });
    expect(fact?.serviceCase).toMatchObject({
      ...{ caseId: 'c-1', nature: 'product', weight: 'urgent', isComplaint: true, status: 'closed', staff: 'mei' },
      ...{ causeCode: 'other', openedAt: 0, reopenings: 0, reopenedAt: null },
      ...{ resolvedAt: 5 * hour, closedAt: 7 * hour },
      answer: { metAt: 2 * hour, ranMs: 2 * hour, overdueAt: null },
      complaint: { metAt: 2 * hour, ranMs: 2 * hour, overdueAt: null },
      handling: { metAt: 5 * hour, ranMs: 5 * hour, overdueAt: null },
      resolution: { metAt: 5 * hour, ranMs: 5 * hour, overdueAt: null },
    });
  });

  it('has no clock that the case has not', () => {
    expect(facts(event('case.opened', 0))[0]?.serviceCase).toMatchObject({ isComplaint: false, complaint: null });
  });

  it('leaves pauses out of the time a clock ran', () => {
    const [fact] = facts(
      event('case.opened', 0),
      command('case-wait', 2, { state: 'waiting-for-customer' }),
      command('case-resume', 12),
      event('case.resolved', 13),
    );
    expect(fact?.serviceCase?.resolution).toEqual({ metAt: 13 * hour, ranMs: 3 * hour, overdueAt: null });
    expect(fact?.serviceCase?.answer).toEqual({ metAt: 13 * hour, ranMs: 13 * hour, overdueAt: null });
  });

  it('tells of a clock that nobody meets when it runs out', () => {
    const [fact] = facts(event('case.opened', 0), until(24));
    expect(fact).toMatchObject({ at: 24 * hour });
    expect(fact?.serviceCase?.answer).toEqual({ metAt: null, ranMs: 24 * hour, overdueAt: 24 * hour });
    expect(fact?.serviceCase?.handling?.overdueAt).toBeNull();
  });

  it('takes back that a clock ran out where the answer was in time and told late', () => {
    const [fact] = facts(event('case.opened', 0), until(30), event('case.responded', 20));
    expect(fact?.serviceCase?.answer).toMatchObject({ metAt: 20 * hour, ranMs: 20 * hour, overdueAt: null });
  });

  it('tells of a clock that runs out after it was wrongly told once, and then goes on', () => {
    const solvedLate = [event('case.opened', 0), until(80), event('case.resolved', 60), event('case.reopened', 90)];
    expect(facts(...solvedLate)[0]?.serviceCase?.resolution).toEqual({
      metAt: null,
      ranMs: 60 * hour,
      overdueAt: null,
    });
    const book = solvedLate.reduce((before, step) => step(before), emptyCaseBook);
    expect(caseDueAt(book, rules)).toBeLessThanOrEqual(102 * hour);
    const [fact] = facts(...solvedLate, until(101), until(102));
    expect(fact?.serviceCase?.resolution).toEqual({ metAt: null, ranMs: 72 * hour, overdueAt: 102 * hour });
  });

  it('has the times of the first reopening and of the solution that stands', () => {
    const reopened = [event('case.opened', 0), event('case.resolved', 1), event('case.reopened', 2)];
    expect(facts(...reopened)[0]?.serviceCase).toMatchObject({ resolvedAt: null, reopenings: 1, reopenedAt: 2 * hour });
    const again = facts(...reopened, event('case.resolved', 3), event('case.reopened', 4), event('case.resolved', 9));
    expect(again[0]?.serviceCase).toMatchObject({ resolvedAt: 9 * hour, reopenings: 2, reopenedAt: 2 * hour });
    expect(again[0]?.serviceCase?.resolution).toMatchObject({ metAt: 9 * hour, ranMs: 7 * hour });
  });

  it('is made of imported cases too, with the clocks that ran out before the import', () => {
    const imported = { historical: true, receivedAt: 1_000 * hour };
    const [fact] = facts(event('case.opened', 0, {}, imported), event('case.responded', 30, {}, imported));
    expect(fact?.serviceCase).toMatchObject({
      answer: { metAt: 30 * hour, overdueAt: 24 * hour },
      resolution: { metAt: null, overdueAt: 72 * hour },
    });
  });

  it('is owed of cases that are forgotten meanwhile', () => {
    const closing = [0, 1, 2, 3, 4, 5, 6].flatMap((i) => {
      const caseId = `c-${i}`;
      return [
        event('case.opened', 10 * i, { caseId }), event('case.resolved', 10 * i + 1, { caseId, causeCode: 'other' }),
        event('case.followed_up', 10 * i + 2, { caseId }), event('case.closed', 10 * i + 3, { caseId }),
      ]; // prettier-ignore
    });
    const told = facts(...closing).map(({ serviceCase }) => [serviceCase?.caseId, serviceCase?.status]);
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => [`c-${i}`, 'closed']));
  });

  it('is another one for each of the cases without a name', () => {
    const unnamed = { caseId: '' };
    const [first, second] = facts(
      event('case.opened', 0, unnamed), event('case.resolved', 1, unnamed), event('case.opened', 50, unnamed),
    ); // prettier-ignore
    expect(first?.serviceCase).toMatchObject({ caseId: 'unnamed', status: 'resolved', openedAt: 0 });
    expect(second?.serviceCase).toMatchObject({ caseId: 'unnamed', status: 'opened', openedAt: 50 * hour });
    expect(first?.factId).not.toBe(second?.factId);
  });

  it('takes the new terms of a case that is sorted anew', () => {
    const byWeight = plainCaseRules(
      plainCaseRules().clocksOf('').map((rule) => ({
        ...rule,
        escalation: rule.escalation.slice(1),
        termsFor: (sorted) => {
          const terms = rule.termsFor(sorted);
          return terms && { ...terms, target: terms.target * (sorted.weight === 'complex' ? 3 : 1) };
        },
      })),
    ); // prettier-ignore
    let { book } = applyCaseEvent(emptyCaseBook, caseEvent('case.opened', 0), byWeight);
    const overdueAt = () => composeCaseFact(key, book.owed[0], nodeDigest).serviceCase?.answer?.overdueAt;
    ({ book } = passCaseTime(book, 30 * hour, byWeight));
    expect(overdueAt()).toBe(24 * hour);
    ({ book } = applyCaseCommand(book, caseCommand('case-sort', 40, { weight: 'complex' }), byWeight));
    expect(overdueAt()).toBeNull();
    ({ book } = passCaseTime(book, 72 * hour, byWeight));
    expect(overdueAt()).toBe(72 * hour);
  });
});
