import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planHistory, planLive, type PlannedCall } from '../../../simulator/simulation-plan.ts';
import { aDemoBusiness, demoReference } from '../../support/demo-business.ts';

function take(plan: Iterable<PlannedCall>, count: number): PlannedCall[] {
  const calls: PlannedCall[] = [];
  for (const call of plan) {
    calls.push(call);
    if (calls.length === count) break;
  }
  return calls;
}

function digest(plan: Iterable<PlannedCall>): string {
  const hash = createHash('sha256');
  for (const call of plan) hash.update(JSON.stringify(call));
  return hash.digest('hex');
}

const live = { liveStart: demoReference + 60_000, rate: 20 };

describe('planHistory', () => {
  it('is the same to the byte for the same seed and reference moment', () => {
    expect(digest(planHistory(aDemoBusiness(7)))).toBe(digest(planHistory(aDemoBusiness(7))));
  });

  it('is another one for another seed', () => {
    expect(digest(planHistory(aDemoBusiness(7)))).not.toBe(digest(planHistory(aDemoBusiness(8))));
  });

  it('marks every call as imported and has none at or after the reference moment', () => {
    for (const { call } of planHistory(aDemoBusiness())) {
      expect(call.imported).toEqual({ importId: expect.stringMatching(/^sim7-\w+-history$/) as string });
      expect(Date.parse(call.timestamp)).toBeLessThan(demoReference);
    }
  });

  it('delivers duplicates under the same message id with the same content', () => {
    const originals = new Map<string, string>();
    let duplicates = 0;
    for (const { call, isDuplicate } of planHistory(aDemoBusiness(7, 200))) {
      expect(originals.has(call.messageId)).toBe(isDuplicate);
      if (isDuplicate) expect(JSON.stringify(call)).toBe(originals.get(call.messageId));
      originals.set(call.messageId, JSON.stringify(call));
      duplicates += isDuplicate ? 1 : 0;
    }
    expect(duplicates / originals.size).toBeCloseTo(0.01, 2);
  });

  it('comes from several sources', () => {
    const sources = new Set([...planHistory(aDemoBusiness(7, 200))].map(({ call }) => call.source));
    expect(sources).toEqual(new Set(['web', 'app', 'pos', 'call', 'survey']));
  });
});

describe('planLive', () => {
  it('is the same to the byte for the same seed, reference moment and start', () => {
    const plan = () => take(planLive(aDemoBusiness(7, 200), live), 2_000);
    expect(digest(plan())).toBe(digest(plan()));
  });

  it('tells one event every 1/rate seconds, unmarked, stamped with the moment it is told', () => {
    const calls = take(planLive(aDemoBusiness(7, 200), live), 1_000).filter((planned) => !planned.isDuplicate);
    const stamps = calls.map(({ call }) => Date.parse(call.timestamp)).sort((a, b) => a - b);
    expect(stamps.slice(0, 4).map((stamp) => stamp - live.liveStart)).toEqual([0, 50, 100, 150]);
    expect(calls.every(({ call }) => call.imported === null)).toBe(true);
  });

  it('never uses a message id of the history', () => {
    const business = aDemoBusiness(7, 200);
    const past = new Set([...planHistory(business)].map(({ call }) => call.messageId));
    expect(take(planLive(business, live), 2_000).filter(({ call }) => past.has(call.messageId))).toEqual([]);
  });

  it('has dissatisfied customers cancelling within the first minute', () => {
    const calls = take(planLive(aDemoBusiness(7, 400), live), 1_200);
    const cancelled = calls.filter(({ call }) => call.body.type === 'track' && call.body.event === 'Order Cancelled');
    expect(cancelled.filter(({ call }) => call.source === 'call').length).toBeGreaterThan(10);
  });
});
