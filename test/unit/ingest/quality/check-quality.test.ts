import { describe, expect, it } from 'vitest';
import type { QualityStore } from '../../../../services/core/ports/quality-store.ts';
import { defaultQualityTargets } from '../../../../services/core/quality/quality-targets.ts';
import { createQualityCheck } from '../../../../services/ingest/quality/check-quality.ts';
import type { CheckedScore } from '../../../../services/ingest/quality/check-quality.ts';
import { aSender, receivedAt } from '../ingest-fixtures.ts';

function createWorld() {
  const counts = new Map<string, Record<string, number>>();
  const read: (readonly number[])[] = [];
  const store: QualityStore = {
    add: () => Promise.resolve(),
    read(_tenant, source, days) {
      read.push(days);
      return Promise.resolve(new Map(Object.entries(counts.get(source) ?? {})));
    },
    sources: () => Promise.resolve([...counts.keys()]),
  };
  const { tenant } = aSender();
  const checked: (readonly CheckedScore[])[] = [];
  const changed: string[] = [];
  const check = createQualityCheck({
    store,
    book: { flush: () => Promise.resolve() },
    tenants: () => new Map([[tenant.id, tenant]]),
    targets: () => defaultQualityTargets,
    now: () => receivedAt,
    checked: (scores) => checked.push(scores),
    changed: ({ source, dimension, score, worst }) =>
      changed.push(`${source} ${dimension} ${score.isMet} ${worst.join()}`),
  });
  return { counts, read, checked, changed, check, today: tenant.calendar.dayOf(receivedAt) };
}

const country = (good: number, bad: number) => ({
  'good|accuracy|order.placed|country': good,
  'bad|accuracy|order.placed|country': bad,
  'good|accuracy|order.placed|phone': 10,
  'bad|accuracy|order.placed|phone': 1,
});

describe('the scheduled check of quality', () => {
  it('tells once that a score fell below its target, with the worst fields, and once that it is back', async () => {
    const { counts, read, checked, changed, check, today } = createWorld();
    counts.set('web', country(90, 10));
    counts.set('pos', { 'good|timeliness|login|(event)': 100 });
    await check();
    await check();
    expect(changed).toEqual(['web accuracy false order.placed.country,order.placed.phone']);
    expect(read[0]).toEqual([today, today - 1]);
    expect(checked[1].map(({ source, dimension, score }) => [source, dimension, score.good, score.all])).toEqual([
      ['web', 'accuracy', 100, 111],
      ['pos', 'timeliness', 100, 100],
    ]);
    counts.set('web', country(989, 10));
    await check();
    expect(changed).toHaveLength(2);
    expect(changed[1]).toMatch(/^web accuracy true/);
  });

  it('says nothing of a source of which little is known', async () => {
    const { counts, checked, changed, check } = createWorld();
    counts.set('web', { 'bad|accuracy|refused|(event)': 19 });
    await check();
    expect([checked, changed]).toEqual([[[]], []]);
    counts.set('web', { 'bad|accuracy|refused|(event)': 20 });
    await check();
    expect(changed).toEqual(['web accuracy false refused.(event)']);
  });
});
