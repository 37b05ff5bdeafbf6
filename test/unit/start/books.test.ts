import { describe, expect, it } from 'vitest';
import { bookLines, isBalanced, makeReport } from '../../../scripts/start/report/books.ts';
import { noAnswers } from '../../../simulator/answer-counts.ts';

const own = { ...noAnswers, sent: 103, accepted: 100, duplicate: 2, rejected: 1 };
const topic = { onTopic: 100, ownOnTopic: 100, readByFeatures: 40, scored: 40, customers: 9, openTasks: 3 };
const inputs = { own, ingest: own, topic, tasks: 3, features: null };

function verdict(changed: Partial<typeof inputs>): boolean {
  const all = { ...inputs, ...changed };
  const report = makeReport(all);
  return isBalanced(bookLines(report, all.topic), report.features);
}

describe('makeReport', () => {
  it('has exactly the fields that others rely on', () => {
    expect(makeReport(inputs)).toEqual({
      sent: 103,
      accepted: 100,
      duplicate: 2,
      rejected: 1,
      suppressed: 0,
      conflict: 0,
      onTopic: 100,
      scored: 40,
      customers: 9,
      tasks: 3,
      features: null,
    });
  });

  it('takes in what other clients sent, on both sides', () => {
    const report = makeReport({
      ...inputs,
      ingest: { ...own, sent: 112, accepted: 105, duplicate: 4, rejected: 3 },
      topic: { ...topic, onTopic: 105 },
    });
    expect(report).toMatchObject({ sent: 112, accepted: 105, duplicate: 4, rejected: 3, onTopic: 105 });
    expect(isBalanced(bookLines(report, { ...topic, onTopic: 105 }), null)).toBe(true);
  });

  it('does not lose what our client was answered when ingest was started anew', () => {
    expect(makeReport({ ...inputs, ingest: { ...noAnswers, sent: 5, accepted: 5 } })).toEqual(makeReport(inputs));
    expect(makeReport({ ...inputs, ingest: null })).toEqual(makeReport(inputs));
  });
});

describe('the books', () => {
  it('balance when every accepted event is on the topic and every readable one is scored', () => {
    expect(verdict({})).toBe(true);
  });

  it.each([
    ['an accepted event is missing on the topic', { topic: { ...topic, onTopic: 99, ownOnTopic: 99 } }],
    [
      'the topic holds one of ours that was not answered accepted',
      { topic: { ...topic, onTopic: 101, ownOnTopic: 101 } },
    ],
    ['an event was not scored', { topic: { ...topic, scored: 39 } }],
    ['there are more scores than events to score', { topic: { ...topic, scored: 41 } }],
    ['an answer went missing', { own: { ...own, sent: 104 } }],
    ['a feature differs', { features: { n_30: { maxDiff: 1, differing: 1 } } }],
  ])('do not balance when %s', (_why, changed) => {
    expect(verdict(changed as Partial<typeof inputs>)).toBe(false);
  });
});
