import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCaseBook } from '../../../../services/core/cases/case-book.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import {
  applyServiceCommand,
  applyServiceEvent,
  passServiceTime,
  serviceDueAt,
  type ServiceBooks,
  type ServiceResult,
} from '../../../../services/core/service/apply-service.ts';
import { packSurveyBook, unpackSurveyBook } from '../../../../services/core/surveys/pack-survey-book.ts';
import { emptySurveyBook } from '../../../../services/core/surveys/survey-book.ts';
import { caseCommand, caseEvent } from '../../../support/case-inputs.ts';
import { runs } from '../../../support/property-runs.ts';
import { shippedServiceRules } from '../../../support/shipped-service-rules.ts';

const rules = await shippedServiceRules();
const hour = 3_600_000;
const day = 24;
const customer = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };
const empty: ServiceBooks = { cases: emptyCaseBook, surveys: emptySurveyBook };

/** Events in their order, the time passing in between and for `until` hours. */
function play(records: readonly CustomerRecord[], until: number, start: ServiceBooks = empty) {
  let books = start;
  const results: ServiceResult[] = [];
  const keep = (result: ServiceResult): void => {
    results.push(result);
    books = { cases: result.cases, surveys: result.surveys };
  };
  for (const record of records) {
    keep(passServiceTime(books, record.occurredAt, rules, customer));
    keep(applyServiceEvent(books, record, rules));
  }
  keep(passServiceTime(books, until * hour, rules, customer));
  const asks = results.flatMap((each) => each.asks);
  const opened = results.flatMap((each) => each.moments.filter(({ kind }) => kind === 'opened'));
  return { books, asks, opened, last: results.at(-1) };
}

function order(hours: number, id: string, type = 'order.fulfilled'): CustomerRecord {
  return caseEvent(type, hours, { caseId: '', orderId: id });
}

function answer(hours: number, properties: Record<string, string | number>, more: Partial<CustomerRecord> = {}) {
  return caseEvent('survey.answered', hours, { caseId: '', ...properties }, more);
}

const solvedCase = (id: string, from: number): CustomerRecord[] => [
  caseEvent('case.opened', from, { caseId: id }),
  caseEvent('case.resolved', from + 1, { caseId: id }),
  caseEvent('case.followed_up', from + 2, { caseId: id }),
];

describe('surveys', () => {
  it('ask after a case was followed up, with a link in both languages', () => {
    const { asks } = play(solvedCase('c-1', 0), 3);
    expect(asks).toHaveLength(1);
    expect(asks[0]).toMatchObject({
      survey: 'after-case',
      kind: 'csat',
      at: 2 * hour,
      expiresAt: (2 + 14 * day) * hour,
    });
    const link = `http://127.0.0.1:8083/s/${asks[0]?.askId}`;
    expect(asks[0]?.en).toContain(link);
    expect(asks[0]?.zhCN).toContain(link);
  });

  it('ask about a case that is followed up by a command', () => {
    const solved = play(solvedCase('c-1', 0).slice(0, 2), 1).books;
    expect(applyServiceCommand(solved, caseCommand('case-follow-up', 2), rules).asks).toHaveLength(1);
  });

  it('ask three days after an order arrived', () => {
    expect(play([order(0, 'o-1')], 3 * day - 1).asks).toEqual([]);
    const waiting = play([order(0, 'o-1')], 1).books;
    expect(serviceDueAt(waiting, rules)).toBe(3 * day * hour);
    expect(play([], 3 * day, waiting).asks.map(({ survey, at }) => [survey, at])).toEqual([
      ['after-order', 3 * day * hour],
    ]);
  });

  it('ask once a period of those who buy, and never again of those who do not', () => {
    const { asks } = play([order(0, 'o-1', 'order.placed'), order(50, 'o-2', 'order.placed')], 1000 * day);
    expect(asks.map(({ survey, at }) => [survey, at / hour / day])).toEqual([['relation', 90]]);
    const again = play([order(0, 'o-1', 'order.placed'), order(100 * day, 'o-2', 'order.placed')], 1000 * day);
    expect(again.asks.map(({ at }) => at / hour / day)).toEqual([90, 190]);
  });

  it('do not ask twice within thirty days, and put off the question of the period', () => {
    const { asks } = play(
      [order(0, 'o-0', 'order.placed'), order(70 * day, 'o-1'), ...solvedCase('c-1', 74 * day), order(75 * day, 'o-2')],
      400 * day,
    );
    expect(asks.map(({ survey, at }) => [survey, at / hour / day])).toEqual([
      ['after-order', 73],
      ['relation', 103],
    ]);
  });

  it('ask nobody who complains, who opted out, or whose history is imported', () => {
    const complaint = caseEvent('case.opened', 1, { caseId: 'k', caseClass: 'complaint' });
    expect(play([order(0, 'o-1'), complaint], 10 * day).asks).toEqual([]);
    const optOut = caseEvent('consent.changed', 1, { caseId: '', purpose: 'surveys', granted: 'false' });
    expect(play([order(0, 'o-1'), optOut], 10 * day).asks).toEqual([]);
    const optIn = caseEvent('consent.changed', 2, { caseId: '', granted: true });
    expect(play([order(0, 'o-1'), optOut, optIn], 10 * day).asks).toHaveLength(1);
    const other = caseEvent('consent.changed', 1, { caseId: '', purpose: 'marketing', granted: 'false' });
    expect(play([order(0, 'o-1'), other], 10 * day).asks).toHaveLength(1);
    expect(play([{ ...order(0, 'o-1'), historical: true }], 10 * day).asks).toEqual([]);
  });

  it('have the same id wherever and whenever they are decided', () => {
    const ids = () => play(solvedCase('c-1', 0), 3).asks.map(({ askId }) => askId);
    expect(ids()).toEqual(ids());
    expect(play(solvedCase('c-2', 0), 3).asks[0]?.askId).not.toBe(ids()[0]);
  });
});

describe('a low answer', () => {
  it.each([
    [{ surveyScore: 2 }, 'service'],
    [{ surveyScore: 6, surveyKind: 'nps' }, 'service'],
    [{ surveyScore: 5, 'dimensions.price': 1 }, 'product'],
    [{ surveyScore: 1, 'dimensions.after-sales': 1, 'dimensions.price': 4 }, 'after-sales'],
  ])('opens a case at once: %j', (properties, nature) => {
    const { opened, books } = play([answer(5, properties)], 5);
    expect(opened).toMatchObject([{ at: 5 * hour, nature, isComplaint: false }]);
    expect(books.cases.cases[0]?.case.channel).toBe('survey');
  });

  it.each<Record<string, string | number>>([
    { surveyScore: 3 },
    { surveyScore: 7, surveyKind: 'nps' },
    { surveyScore: 99, surveyKind: 'nps' },
    {},
  ])('is none of %j', (properties) => {
    expect(play([answer(5, properties)], 5).opened).toEqual([]);
  });

  it('counts once, however often it is told', () => {
    const asked = play(solvedCase('c-1', 0), 3);
    const surveyId = asked.asks[0]?.askId ?? '';
    const { opened, books } = play(
      [answer(5, { surveyId, surveyScore: 1 }), answer(6, { surveyId, surveyScore: 2 })],
      7,
      asked.books,
    );
    expect(opened).toHaveLength(1);
    expect(books.surveys.asked).toMatchObject([{ askId: surveyId, answeredAt: 5 * hour, score: 1 }]);
    const stranger = answer(5, { surveyScore: 1 }, { eventId: 'e-1' });
    expect(play([stranger, stranger], 7).opened).toHaveLength(1);
  });

  it('of an imported history opens nothing', () => {
    expect(play([answer(5, { surveyScore: 1 }, { historical: true })], 7).opened).toEqual([]);
  });
});

describe('the fatigue limit', () => {
  const event = fc.record({
    hours: fc.nat(300 * day),
    type: fc.constantFrom('order.fulfilled', 'order.placed', 'case', 'consent', 'complaint'),
    id: fc.nat(30),
  });

  it('holds whatever happens, and what is due is never in the past', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (drawn) => {
        const records = drawn.flatMap(({ hours, type, id }) => {
          if (type === 'case') return solvedCase(`c-${id}`, hours);
          if (type === 'complaint')
            return [caseEvent('case.opened', hours, { caseId: `k-${id}`, caseClass: 'complaint' })];
          if (type === 'consent') {
            return [caseEvent('consent.changed', hours, { caseId: '', granted: id % 2 === 0 })];
          }
          return [order(hours, `o-${id}`, type)];
        });
        const sorted = records.toSorted((one, other) => one.occurredAt - other.occurredAt);
        const { asks, books } = play(sorted, 500 * day);
        const times = asks.map(({ at }) => at);
        for (const [i, at] of times.entries()) {
          if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(30 * day * hour);
        }
        expect(new Set(asks.map(({ askId }) => askId)).size).toBe(asks.length);
        expect(serviceDueAt(books, rules) ?? Infinity).toBeGreaterThan(500 * day * hour);
        const packed = JSON.stringify(packSurveyBook(books.surveys));
        expect(unpackSurveyBook(JSON.parse(packed) as unknown[])).toEqual(books.surveys);
      }),
      { numRuns: runs(100) },
    );
  });
});
