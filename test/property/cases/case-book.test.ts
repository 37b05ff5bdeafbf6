import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCaseEvent } from '../../../services/core/cases/apply-case-event.ts';
import { applyCaseCommand } from '../../../services/core/cases/apply-case-command.ts';
import { type CaseBook, emptyCaseBook, findCase } from '../../../services/core/cases/case-book.ts';
import type { CaseMoment } from '../../../services/core/cases/case-moment.ts';
import { packCaseBook, unpackCaseBook } from '../../../services/core/cases/pack-case-book.ts';
import { caseDueAt, passCaseTime } from '../../../services/core/cases/pass-case-time.ts';
import { composeCaseFact } from '../../../services/core/kpis/compose-case-fact.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { caseCommand, caseEvent } from '../../support/case-inputs.ts';
import { NaiveCase, type NaiveStep } from '../../support/naive-case.ts';
import { plainCaseRules } from '../../support/plain-case-rules.ts';
import { runs } from '../../support/property-runs.ts';

const hour = 3_600_000;
const rules = plainCaseRules();
const surrogate = '00112233445566778899aabbccddeeff';
const toMs = (hours: number | null) => (hours === null ? null : hours * hour);

const step: fc.Arbitrary<NaiveStep> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('respond', 'resolve', 'follow-up', 'close', 'reopen', 'resume', 'bot-note', 'progress'),
  }),
  fc.record({
    kind: fc.constant('wait' as const),
    state: fc.constantFrom('waiting-for-customer', 'waiting-for-supplier'),
  }),
);
/** Steps and the hours since the one before. */
const timeline = fc.array(fc.tuple(step, fc.nat(50)), { maxLength: 14 });

/** Waiting is known to commands alone; the rest is told by an event or a command. */
function apply(book: CaseBook, each: NaiveStep, at: number) {
  const told = { reason: 'other', causeCode: 'other' };
  switch (each.kind) {
    case 'bot-note':
      return applyCaseEvent(book, caseEvent('case.responded', at, { by: 'bot' }), rules);
    case 'respond':
      return applyCaseEvent(book, caseEvent('case.responded', at), rules);
    case 'progress':
      return applyCaseCommand(book, caseCommand('case-progress', at), rules);
    case 'resolve':
      return applyCaseEvent(book, caseEvent('case.resolved', at, { causeCode: told.causeCode }), rules);
    case 'follow-up':
      return applyCaseEvent(book, caseEvent('case.followed_up', at), rules);
    case 'reopen':
      return applyCaseEvent(book, caseEvent('case.reopened', at), rules);
    case 'close':
      return applyCaseCommand(book, caseCommand('case-close', at, { reason: told.reason }), rules);
    case 'wait':
      return applyCaseCommand(book, caseCommand('case-wait', at, { state: each.state }), rules);
    case 'resume':
      return applyCaseCommand(book, caseCommand('case-resume', at), rules);
  }
}

function describeMoment({ kind, clock, step: number, at }: CaseMoment): string {
  return [kind, number, clock, at / hour].filter((part) => part !== null).join(' ');
}

function play(
  isComplaint: boolean,
  steps: readonly (readonly [NaiveStep, number])[],
  isPassing: (hours: number) => boolean,
) {
  const opening = caseEvent('case.opened', 0, isComplaint ? { caseClass: 'complaint' } : {});
  let { book, moments } = applyCaseEvent(emptyCaseBook, opening, rules);
  const told = [...moments];
  const passTo = (hours: number): void => {
    ({ book, moments } = passCaseTime(book, hours * hour, rules));
    told.push(...moments);
  };
  let now = 0;
  for (const [each, gap] of [...steps, [{ kind: 'bot-note' }, 200] as const]) {
    for (let i = 1; i < gap; i++) if (isPassing(now + i)) passTo(now + i);
    now += gap;
    passTo(now);
    ({ book, moments } = apply(book, each, now));
    told.push(...moments);
  }
  return { book, told: told.map(describeMoment) };
}

function playNaively(isComplaint: boolean, steps: readonly (readonly [NaiveStep, number])[]) {
  const naive = new NaiveCase(isComplaint);
  for (const [each, gap] of [...steps, [{ kind: 'bot-note' }, 200] as const]) {
    for (let i = 0; i < gap; i++) naive.passHour();
    naive.take(each);
  }
  return naive;
}

describe('a book of cases', () => {
  it('tells what counting hour by hour tells, each thing once', () => {
    fc.assert(
      fc.property(fc.boolean(), timeline, (isComplaint, steps) => {
        const { book, told } = play(isComplaint, steps, () => false);
        const naive = playNaively(isComplaint, steps);
        expect(told.toSorted()).toEqual(naive.moments.toSorted());
        expect(new Set(told.filter((each) => /^(warned|overdue|escalated)/.test(each))).size).toBe(
          told.filter((each) => /^(warned|overdue|escalated)/.test(each)).length,
        );
        expect(findCase(book, 'c-1')?.case.status).toBe(naive.status);
      }),
      { numRuns: runs(400) },
    );
  });

  it('has clocks that were met, ran and ran out as counting hour by hour has it', () => {
    const names = ['answer', 'handling', 'complaint', 'resolution'] as const;
    fc.assert(
      fc.property(fc.boolean(), timeline, (isComplaint, steps) => {
        const { book } = play(isComplaint, steps, () => false);
        const [booked] = book.owed;
        const standing = composeCaseFact({ tenant: 'demo', surrogate }, booked, nodeDigest).serviceCase;
        const naive = playNaively(isComplaint, steps);
        for (const name of names) {
          const clock = standing?.[name] ?? null;
          const [metAt, ran, overdueAt] = naive.standing(name) ?? [null, null, null];
          expect([clock?.metAt ?? null, clock?.overdueAt ?? null]).toEqual([toMs(metAt), toMs(overdueAt)]);
          // The time of what still runs is that of the latest change.
          if (clock === null || clock.metAt !== null) expect(clock?.ranMs ?? null).toBe(toMs(ran));
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('tells the same however often somebody looks at the time', () => {
    fc.assert(
      fc.property(fc.boolean(), timeline, fc.integer({ min: 1, max: 13 }), (isComplaint, steps, every) => {
        const seldom = play(isComplaint, steps, () => false);
        const often = play(isComplaint, steps, (hours) => hours % every === 0);
        expect(often.told.toSorted()).toEqual(seldom.told.toSorted());
        expect(often.book.cases.map((each) => each.case)).toEqual(seldom.book.cases.map((each) => each.case));
      }),
      { numRuns: runs(150) },
    );
  });

  it('says when to look next: nothing is due before, something at that time', () => {
    fc.assert(
      fc.property(fc.boolean(), timeline, (isComplaint, steps) => {
        const { book } = play(isComplaint, steps.slice(0, 4), () => false);
        const due = caseDueAt(book, rules);
        if (due === null) return;
        expect(passCaseTime(book, due - 1, rules)).toEqual({ book, moments: [] });
        expect(passCaseTime(book, due, rules).moments.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(200) },
    );
  });

  it('is the same in whatever order steps come before their opening', () => {
    const ofEvents = fc.shuffledSubarray(
      ['case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.reopened', 'case.closed'],
      { minLength: 1 },
    );
    fc.assert(
      fc.property(ofEvents, fc.infiniteStream(fc.nat()), (types, random) => {
        const events = types.map((type, i) => caseEvent(type, 10 * (i + 1), { causeCode: 'other' }));
        const shuffled = events
          .map((event) => [random.next().value ?? 0, event] as const)
          .toSorted(([a], [b]) => a - b);
        const opening = caseEvent('case.opened', 0);
        const fold = (records: readonly ReturnType<typeof caseEvent>[]): CaseBook =>
          records.reduce((book, record) => applyCaseEvent(book, record, rules).book, emptyCaseBook);
        expect(fold([...shuffled.map(([, event]) => event), opening])).toEqual(fold([opening, ...events]));
      }),
      { numRuns: runs(200) },
    );
  });

  it('never crashes nor loses its packed form on events of any order, time and content', () => {
    const word = fc.constantFrom('', 'complaint', '投诉', 'after sales', 'URGENT', 'bot', 'other', 'no such', '0');
    const event = fc.record({
      type: fc.constantFrom(
        'case.opened', 'case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'case.reopened', 'case.closed', 'order.placed',
      ), // prettier-ignore
      hours: fc.integer({ min: -1000, max: 1000 }),
      properties: fc.record({
        caseId: fc.constantFrom('', 'a', 'b', 'c'),
        caseClass: word,
        nature: word,
        weight: word,
        by: word,
        causeCode: word,
      }),
      historical: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let book = emptyCaseBook;
        for (const { type, hours, properties, historical } of events) {
          book = passCaseTime(book, hours * hour, rules).book;
          book = applyCaseEvent(book, caseEvent(type, hours, properties, { historical }), rules).book;
          const packed = JSON.stringify(packCaseBook(book));
          expect(unpackCaseBook(JSON.parse(packed) as unknown[])).toEqual(book);
          for (const { case: state } of book.cases) {
            if (state.status === 'closed') expect(state.causeCode).not.toBeNull();
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });
});
