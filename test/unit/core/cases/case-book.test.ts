import { describe, expect, it } from 'vitest';
import { applyCaseCommand } from '../../../../services/core/cases/apply-case-command.ts';
import { applyCaseEvent } from '../../../../services/core/cases/apply-case-event.ts';
import {
  type CaseBook,
  emptyCaseBook,
  findCase,
  openComplaint,
  placeCustomer,
} from '../../../../services/core/cases/case-book.ts';
import type { CaseResult } from '../../../../services/core/cases/case-result.ts';
import { packCaseBook, unpackCaseBook } from '../../../../services/core/cases/pack-case-book.ts';
import { caseDueAt, passCaseTime } from '../../../../services/core/cases/pass-case-time.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { caseCommand, caseEvent } from '../../../support/case-inputs.ts';
import { plainCaseRules } from '../../../support/plain-case-rules.ts';

const hour = 3_600_000;
const rules = plainCaseRules();

function apply(records: readonly CustomerRecord[], start: CaseBook = emptyCaseBook) {
  let book = start;
  const results: CaseResult[] = [];
  for (const record of records) {
    const result = applyCaseEvent(book, record, rules);
    results.push(result);
    book = result.book;
  }
  const moments = results.flatMap((each) => each.moments.map(({ kind }) => kind));
  return { book, moments, faults: results.map(({ fault }) => fault) };
}

const wholeCourse = [
  caseEvent('case.opened', 0, { caseClass: '投诉', nature: 'after_sales', priority: 'urgent' }),
  caseEvent('case.responded', 1),
  caseEvent('case.progressed', 2),
  caseEvent('case.resolved', 3, { causeCode: 'Delivery-Late' }),
  caseEvent('case.followed_up', 20),
  caseEvent('case.closed', 21),
];

describe('a book of cases', () => {
  it('follows a case from its opening to its closing', () => {
    const { book, moments, faults } = apply(wholeCourse);
    expect(moments).toEqual(['opened', 'answered', 'resolved', 'followed-up', 'closed']);
    expect(faults).toEqual([null, null, null, null, null, null]);
    expect(findCase(book, 'c-1')).toMatchObject({
      queue: 'complaints',
      version: 6,
      case: {
        channel: 'call',
        nature: 'after-sales',
        weight: 'urgent',
        isComplaint: true,
        status: 'closed',
        causeCode: 'delivery-late',
      },
    });
  });

  it('takes steps that come before their case once it is opened, at their places in time', () => {
    const late = apply([
      wholeCourse[4],
      wholeCourse[3],
      wholeCourse[1],
      wholeCourse[5],
      wholeCourse[2],
      wholeCourse[0],
    ]);
    expect(late.faults.slice(0, 5)).toEqual(Array(5).fill('not-opened-yet'));
    const inOrder = apply(wholeCourse);
    expect(late.book.early).toEqual([]);
    expect(late.book.cases).toEqual(inOrder.book.cases);
    expect(late.moments).toEqual(inOrder.moments);
  });

  it('keeps steps without a case for a while, and not for ever', () => {
    const strays = Array.from({ length: 40 }, (_, i) => caseEvent('case.responded', i, { caseId: `stray-${i}` }));
    expect(apply(strays).book.early).toHaveLength(16);
  });

  it('takes what is told twice once', () => {
    const twice = wholeCourse.flatMap((each) => [each, each]);
    const { book, moments } = apply(twice);
    expect(moments).toEqual(['opened', 'answered', 'resolved', 'followed-up', 'closed']);
    expect(book).toEqual(apply(wholeCourse).book);
  });

  it('does not close a case without a follow-up or a cause, whatever another system says', () => {
    const closed = apply([caseEvent('case.opened', 0), caseEvent('case.closed', 2)]);
    expect(closed.faults).toEqual([null, 'no-follow-up']);
    expect(closed.moments).toEqual(['opened', 'resolved']);
    const noCause = [caseEvent('case.followed_up', 3), caseEvent('case.closed', 4, { causeCode: 'made up' })];
    const after = apply(noCause, closed.book);
    expect(after.faults).toEqual([null, 'no-cause-code']);
    expect(findCase(after.book, 'c-1')?.case.status).toBe('followed-up');
  });

  it('says that a cause code is none of ours, and takes the step without it', () => {
    const { book, faults } = apply([caseEvent('case.opened', 0), caseEvent('case.resolved', 2, { causeCode: 'xyz' })]);
    expect(faults).toEqual([null, 'unknown-cause-code']);
    expect(findCase(book, 'c-1')?.case).toMatchObject({ status: 'resolved', causeCode: null });
  });

  it('holds steps without an id to be of one case, which begins anew once it is solved', () => {
    const { book, moments } = apply([
      caseEvent('case.opened', 0, { caseId: '' }),
      caseEvent('case.opened', 1, { caseId: '' }),
      caseEvent('case.resolved', 2, { caseId: '' }),
      caseEvent('case.opened', 5, { caseId: '' }),
    ]);
    expect(moments).toEqual(['opened', 'resolved', 'opened']);
    expect(book.cases).toHaveLength(1);
    expect(book.cases[0]).toMatchObject({ version: 3, case: { status: 'opened', openedAt: 5 * hour } });
  });

  it('does not count what a bot says as an answer', () => {
    const { book, moments } = apply([
      caseEvent('case.opened', 0),
      caseEvent('case.responded', 1, { by: 'chatbot' }),
      caseEvent('case.progressed', 2, { toCustomer: false }),
    ]);
    expect(moments).toEqual(['opened']);
    expect(caseDueAt(book, rules)).toBe(18 * hour);
  });

  it('takes an imported history without telling anybody, and rings no clock of then', () => {
    const history = { historical: true, receivedAt: 1000 * hour };
    const records = [caseEvent('case.opened', 0, { caseClass: 'complaint' }, history)];
    const { book, moments } = apply(records);
    expect(moments).toEqual([]);
    expect(openComplaint(book)).toBe(true);
    expect(passCaseTime(book, 2000 * hour, rules).moments).toEqual([]);
    const live = apply([caseEvent('case.resolved', 2001)], book);
    expect(live.moments).toEqual(['resolved']);
  });

  it('knows whether a complaint waits', () => {
    const open = apply([caseEvent('case.opened', 0, { caseClass: 'complaint' })]).book;
    expect(openComplaint(open)).toBe(true);
    expect(openComplaint(apply([caseEvent('case.resolved', 2)], open).book)).toBe(false);
    expect(openComplaint(apply([caseEvent('case.opened', 0)]).book)).toBe(false);
  });

  it('keeps all that is open and the five newest that are closed', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      ['case.opened', 'case.resolved', 'case.followed_up', 'case.closed']
        .slice(0, i < 3 ? 1 : 4)
        .map((type, step) => caseEvent(type, i * 10 + step, { caseId: `c-${i}`, causeCode: 'other' })),
    );
    const { book } = apply(many.flat());
    expect(book.cases.map((each) => each.case.caseId)).toEqual(
      ['c-0', 'c-1', 'c-2', 'c-7', 'c-8', 'c-9', 'c-10', 'c-11'], // prettier-ignore
    );
    expect(book.forgotten).toEqual(['c-3', 'c-4', 'c-5', 'c-6']);
  });

  it('opens no more than fifty cases that nobody solves', () => {
    const openings = Array.from({ length: 51 }, (_, i) => caseEvent('case.opened', i, { caseId: `c-${i}` }));
    const { book, faults } = apply(openings);
    expect(faults.at(-1)).toBe('too-many-cases');
    const solved = apply([caseEvent('case.resolved', 60, { caseId: 'c-7' }), openings[50]], book);
    expect(solved.faults).toEqual([null, null]);
    expect(findCase(solved.book, 'c-7')).toBeNull();
    expect(solved.book.cases).toHaveLength(50);
  });

  it('gives a case the terms of the tier it was opened in, for good', () => {
    const core = placeCustomer(emptyCaseBook, { tier: 'core', risk: 0.5 });
    const opened = apply([caseEvent('case.opened', 0)], core).book;
    const fallen = placeCustomer(opened, { tier: 'common', risk: 0.5 });
    const sorted = applyCaseCommand(fallen, caseCommand('case-sort', 1, { weight: 'complex' }), rules).book;
    expect(findCase(sorted, 'c-1')?.case.clocks.serviceClass).toMatchObject({ tier: 'core', weight: 'complex' });
  });
});

describe('commands about cases', () => {
  const opened = applyCaseCommand(emptyCaseBook, caseCommand('case-open', 0, { channel: 'call' }), rules).book;

  it('open, work on and close a case', () => {
    let book = opened;
    const take = (...[verb, hours, more]: Parameters<typeof caseCommand>) => {
      const result = applyCaseCommand(book, caseCommand(verb, hours, more), rules);
      book = result.book;
      return { fault: result.fault, kinds: result.moments.map(({ kind }) => kind) };
    };
    expect(take('case-assign', 1, { owner: 'li' })).toEqual({ fault: null, kinds: [] });
    expect(take('case-wait', 2, { state: 'waiting-for-customer' })).toEqual({ fault: null, kinds: [] });
    expect(take('case-resume', 3)).toEqual({ fault: null, kinds: [] });
    expect(take('case-progress', 4)).toEqual({ fault: null, kinds: ['answered'] });
    expect(take('case-sort', 5, { isComplaint: true })).toEqual({ fault: null, kinds: ['sorted'] });
    expect(take('case-resolve', 6, { reason: 'other' })).toEqual({ fault: null, kinds: ['resolved'] });
    expect(take('case-wait', 7, { state: 'waiting-for-customer' })).toEqual({ fault: 'case-resolved', kinds: [] });
    expect(take('case-close', 8)).toEqual({ fault: 'no-follow-up', kinds: [] });
    expect(take('case-follow-up', 9)).toEqual({ fault: null, kinds: ['followed-up'] });
    expect(take('case-close', 10)).toEqual({ fault: null, kinds: ['closed'] });
    expect(take('case-respond', 11)).toEqual({ fault: 'case-closed', kinds: [] });
    expect(take('case-reopen', 12)).toEqual({ fault: null, kinds: ['reopened'] });
    expect(findCase(book, 'c-1')).toMatchObject({ queue: 'complaints', case: { status: 'handled', owner: 'li' } });
  });

  it.each([
    ['case-open', { channel: 'call' }, 'case-exists'],
    ['case-respond', { caseId: 'c-2' }, 'unknown-case'],
    ['case-respond', { caseId: null }, 'incomplete'],
    ['case-open', { caseId: 'c-2' }, 'incomplete'],
    ['case-open', { caseId: 'c-2', channel: 'call', nature: 'odd' }, 'incomplete'],
    ['case-wait', { state: 'elsewhere' }, 'incomplete'],
    ['case-wait', {}, 'incomplete'],
    ['case-assign', {}, 'incomplete'],
    ['case-sort', {}, 'incomplete'],
    ['case-sort', { weight: 'heavy' }, 'incomplete'],
    ['case-follow-up', {}, 'not-resolved'],
    ['case-reopen', {}, 'not-open-again'],
  ] as const)('refuse %s with %j: %s', (verb, more, fault) => {
    const result = applyCaseCommand(opened, caseCommand(verb, 1, more), rules);
    expect(result).toMatchObject({ fault, moments: [] });
    expect(result.book).toBe(opened);
  });

  it('leave everything else alone', () => {
    expect(applyCaseCommand(opened, caseCommand('claim', 1), rules)).toEqual({
      book: opened,
      moments: [],
      fault: null,
    });
  });
});

describe('a packed book', () => {
  it('comes back as it was', () => {
    const { book } = apply([...wholeCourse, caseEvent('case.opened', 4, { caseId: 'c-2' })]);
    const early = apply([caseEvent('case.resolved', 1, { caseId: 'c-3', causeCode: 'other' })], book).book;
    const passed = passCaseTime(placeCustomer(early, { tier: 'core', risk: 0.25 }), 40 * hour, rules).book;
    const packed = JSON.stringify(packCaseBook(passed));
    expect(unpackCaseBook(JSON.parse(packed) as unknown[])).toEqual(passed);
    expect(JSON.stringify(packCaseBook(unpackCaseBook(JSON.parse(packed) as unknown[])))).toBe(packed);
  });
});
