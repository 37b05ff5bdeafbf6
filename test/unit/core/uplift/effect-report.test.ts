import { describe, expect, it } from 'vitest';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import { EffectBook } from '../../../../services/core/uplift/effect-book.ts';
import { reportEffects } from '../../../../services/core/uplift/effect-report.ts';
import { suppressedSegments } from '../../../../services/core/uplift/suppressed-segments.ts';
import { aTask } from '../../../support/a-task.ts';

const dayMs = 86_400_000;
const opened = Date.UTC(2026, 0, 15, 12);
let made = 0;

/** So many measured customers, of whom so many left; who stays buys for 40.00. */
function customers(count: number, churned: number, overrides: Partial<RetentionTask> = {}): RetentionTask[] {
  return Array.from({ length: count }, (_, i) => {
    made += 1;
    const surrogate = made.toString(16).padStart(32, '0');
    const gone = i < churned;
    const measured = {
      until: opened + 90 * dayMs,
      purchases: gone ? 0 : 1,
      revenueMinor: gone ? 0 : 4_000,
      churned: gone,
    };
    return aTask({ taskId: surrogate, surrogate, measured, ...overrides });
  });
}

function reportOf(tasks: readonly RetentionTask[], marginRate = 0.25) {
  const book = new EffectBook();
  for (const task of tasks) book.add(task);
  return reportEffects(book.tallies, marginRate);
}

const held = { arm: 'holdout', holdoutShare: 0.2 } as const;
const contacts = [{ contactId: 'c', channel: 'email', purpose: 'care' as const, en: '', zhCN: '', at: opened }];

describe('the report of effects', () => {
  it('sets margin against cost: what was earned beyond what would have come anyway', () => {
    const [row] = reportOf([...customers(400, 100, { contacts }), ...customers(100, 50, held)]).playbooks;
    expect(row.churn).toMatchObject({ treated: 0.25, holdout: 0.5, difference: -0.25 });
    expect(row.repurchase?.difference).toBe(0.25);
    // A quarter of 40.00, kept from a quarter of 400 customers, who were each offered 5.00.
    expect(row.margin?.difference).toBe(250);
    expect(row.returnOnSpend).toMatchObject({ incrementalMargin: 100_000, cost: 200_000, ratio: -0.5 });
    expect(row.sampleRatio).toEqual({ observed: 0.2, expected: 0.2, isMismatch: false });
  });

  it('counts the cost of acting alone, of later episodes too as long as the window runs', () => {
    const [task] = customers(1, 0);
    const cost = (tasks: readonly RetentionTask[]) =>
      reportOf([...tasks, ...customers(399, 0), ...customers(100, 0, held)]).playbooks[0].returnOnSpend?.cost;
    expect(cost([task])).toBe(0);
    expect(cost([{ ...task, status: 'claimed' }])).toBe(500);
    expect(cost([{ ...task, status: 'expired', respondedAt: opened }])).toBe(500);
    const later = { ...task, taskId: 'later', episode: 2, contacts };
    expect(cost([task, { ...later, createdAt: opened + 89 * dayMs }])).toBe(500);
    expect(cost([task, { ...later, createdAt: opened + 90 * dayMs }])).toBe(0);
  });

  it('compares customers drawn alike: a change of the share between a bad and a good time makes no effect', () => {
    const before = [
      ...customers(900, 540, { holdoutShare: 0.1 }),
      ...customers(100, 60, { ...held, holdoutShare: 0.1 }),
    ];
    const after = [...customers(500, 50, { holdoutShare: 0.5 }), ...customers(500, 50, { ...held, holdoutShare: 0.5 })];
    const [row] = reportOf([...before, ...after]).playbooks;
    expect(row.churn?.difference).toBeCloseTo(0, 12);
    expect(row.churn?.customers).toEqual({ treated: 1400, holdout: 600 });
    expect(row.sampleRatio).toEqual({ observed: 0.3, expected: 0.3, isMismatch: false });
  });

  it('takes nothing from customers whom nobody drew, until a later task of theirs is', () => {
    const undrawn = customers(300, 300, { holdoutShare: 0 });
    const drawn = [...customers(400, 100), ...customers(100, 50, held)];
    const before = reportOf([...undrawn, ...drawn]).playbooks[0];
    expect(before.customers).toMatchObject({ treated: { opened: 400 }, undrawn: 300 });
    expect(before.churn).toEqual(reportOf(drawn).playbooks[0].churn);
    const again = { ...undrawn[0], taskId: 'again', episode: 2, createdAt: opened + 100 * dayMs, holdoutShare: 0.2 };
    expect(reportOf([...undrawn, ...drawn, again]).playbooks[0].customers).toMatchObject({
      treated: { opened: 401 },
      undrawn: 299,
    });
  });

  it('says nothing of fewer than 30 customers in an arm, and nothing of no tasks', () => {
    expect(reportOf([...customers(100, 50), ...customers(29, 3, held)]).overall).toMatchObject({
      churn: null,
      margin: null,
      returnOnSpend: null,
    });
    expect(reportOf([]).overall).toMatchObject({ sampleRatio: null, churn: null });
  });

  it('is as unsure of an arm in which nobody bought as of the other one', () => {
    const [row] = reportOf([...customers(400, 360), ...customers(100, 100, held)]).playbooks;
    const ofOther = (0.1 * 0.9 * 400) / 399;
    const halfWidth = 1.96 * 1_000 * Math.sqrt(ofOther / 400 + ofOther / 100);
    expect((row.margin!.high - row.margin!.low) / 2).toBeCloseTo(halfWidth, 1);
  });
});

describe('segments that contact drives away', () => {
  const segment = 'value3.high/dormant';
  const dogs = [...customers(800, 480), ...customers(200, 60, held)];
  const others = [...customers(800, 240, { segment: 'b' }), ...customers(200, 120, { ...held, segment: 'b' })];

  it('are suppressed under that playbook; those it keeps are not', () => {
    const report = reportOf([...dogs, ...others]);
    expect(suppressedSegments(report)).toEqual(new Set([`wake-dormant|${segment}`]));
    expect(report.playbooks[0].harms).toBe(false);
  });

  it('are not judged by arms that were not drawn as tasks say', () => {
    const skewed = reportOf([...dogs, ...others, ...customers(400, 120, { ...held, segment: 'c' })]);
    expect(skewed.playbooks[0].sampleRatio?.isMismatch).toBe(true);
    expect(suppressedSegments(skewed)).toEqual(new Set());
  });

  it('need more proof the more segments are tried', () => {
    const weak = [...customers(800, 325), ...customers(200, 60, held)];
    const isSuppressed = (tasks: readonly RetentionTask[]): boolean => suppressedSegments(reportOf(tasks)).size > 0;
    expect(isSuppressed([...customers(800, 355), ...customers(200, 60, held)])).toBe(true);
    const many = Array.from({ length: 60 }, (_, i) => [
      ...customers(4, 2, { segment: `s${i}` }),
      ...customers(1, 0, { ...held, segment: `s${i}` }),
    ]).flat();
    expect(isSuppressed([...customers(800, 355), ...customers(200, 60, held), ...many])).toBe(false);
    expect(isSuppressed(weak)).toBe(false);
  });

  it('need a hundred customers in each arm, and a segment at all', () => {
    expect(suppressedSegments(reportOf([...customers(396, 396), ...customers(99, 0, held)]))).toEqual(new Set());
    const nameless = [...customers(800, 800, { segment: null }), ...customers(200, 0, { ...held, segment: null })];
    expect(reportOf(nameless)).toMatchObject({ segments: [], playbooks: [{ harms: false }] });
  });
});
