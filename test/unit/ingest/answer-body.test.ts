import { expect, it } from 'vitest';
import { buildAnswer } from '../../../services/ingest/answer-body.ts';
import type { EventResult } from '../../../services/ingest/event-result.ts';

interface Body {
  readonly results: Readonly<Record<string, { readonly result: string }>>;
  readonly counts: Readonly<Record<string, number>>;
}

const answerOf = (results: readonly EventResult[]): Body => JSON.parse(buildAnswer(results)) as Body;
const of = (key: string, result: EventResult['result']): EventResult => ({ key, result, code: null, detail: null });

it('has one entry per id and counts every event', () => {
  expect(answerOf([of('a', 'accepted'), of('b', 'duplicate')])).toEqual({
    success: true,
    results: {
      a: { result: 'accepted', code: null, detail: null },
      b: { result: 'duplicate', code: null, detail: null },
    },
    counts: { accepted: 1, duplicate: 1, rejected: 0, suppressed: 0, conflict: 0 },
  });
});

it.each([
  [['accepted', 'duplicate'], 'accepted'],
  [['duplicate', 'accepted'], 'accepted'],
  [['accepted', 'conflict', 'duplicate'], 'conflict'],
  [['rejected', 'accepted'], 'rejected'],
] as const)('shows of %j under one id what most asks for attention', (results, shown) => {
  const answer = answerOf(results.map((result) => of('a', result)));
  expect(answer.results['a'].result).toBe(shown);
  expect(Object.values(answer.counts).reduce((sum, count) => sum + count, 0)).toBe(results.length);
});

it('takes any id as a key', () => {
  const text = buildAnswer([of('__proto__', 'accepted'), of('constructor', 'accepted')]);
  expect(text).toContain('"__proto__":{"result":"accepted"');
  expect(text).toContain('"constructor":{"result":"accepted"');
});

it('says why an event was not accepted, and is JSON whatever stands in an id', () => {
  const refused: EventResult = {
    key: 'a"\\\n\ud800é',
    result: 'rejected',
    code: 'ERR_EVENT_TIME',
    detail: 'say "when"',
  };
  const { key, ...entry } = refused;
  expect(answerOf([refused, of('b', 'retry')]).results).toEqual({
    [key]: entry,
    b: { result: 'retry', code: null, detail: null },
  });
  expect(answerOf([])).toMatchObject({ success: true, results: {} });
});
