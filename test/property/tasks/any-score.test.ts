import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRecord } from '../../../services/core/ports/log.ts';
import { type Level, levels } from '../../../services/core/scoring/level.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { taskToJson } from '../../../services/core/tasks/task-to-json.ts';
import { createAlertsBench, scoreRecord } from '../../support/alerts-bench.ts';
import { newestVersions, openTasksOf } from '../../support/open-tasks.ts';
import { runs } from '../../support/property-runs.ts';
import { aScore } from '../../support/score-builder.ts';

const good = 'e'.repeat(32);
const someone = 'd'.repeat(32);

const anyDouble = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e308, -1, 1.000001, 5e-324));
const anyLong = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER));
const anyInt = fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 0));
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 5 }), fc.constant('x'.repeat(10_000)));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

/** Whatever a record of the scores topic can hold: mostly one thing is wrong with it. */
const anyFlaw: fc.Arbitrary<Partial<Score>> = fc.oneof(
  fc.record({ tenant: anyText }),
  fc.record({ surrogate: anyText }),
  fc.record({ customerRef: orNull(anyText), source: anyText, eventId: anyText, activationId: anyText }),
  fc.record({ level: anyText as fc.Arbitrary<Level> }),
  fc.record({ asOf: anyInt }),
  fc.record({ stateVersion: anyLong }),
  fc.record({ receivedAt: anyLong, occurredAt: anyLong }),
  fc.record({ churn: fc.record({ p30: anyDouble, p60: anyDouble, p90: anyDouble }) }),
  fc.record({ pAlive: orNull(anyDouble) }),
  fc.record({ expectedSpend90d: fc.record({ mean: anyDouble, median: anyDouble, currency: anyText }) }),
  fc.record({
    clv: fc.record({ mean: anyDouble, low: anyDouble, high: anyDouble, horizonDays: anyInt, currency: anyText }),
  }),
  fc.record({
    reasons: fc.array(fc.record({ code: anyText, contribution: anyDouble, en: anyText, zhCN: anyText }), {
      maxLength: 3,
    }),
  }),
  fc.record({ tier: orNull(anyText), stage: orNull(anyText), nextBestAction: orNull(anyText) }),
);

const anyBytes: fc.Arbitrary<RawRecord> = fc
  .option(fc.uint8Array({ maxLength: 80 }), { nil: null })
  .map((bytes) => ({ offset: 0, key: 'k', value: bytes === null ? null : Buffer.from(bytes), timestamp: 0 }));

const anyRecord: fc.Arbitrary<RawRecord> = fc.oneof(
  { weight: 5, arbitrary: fc.array(anyFlaw, { minLength: 1, maxLength: 2 }).map((flaws) => flawed(flaws)) },
  { weight: 1, arbitrary: anyBytes },
);

function flawed(flaws: readonly Partial<Score>[]): RawRecord {
  const { churn, receivedAt, asOf } = aScore();
  return scoreRecord(
    aScore(Object.assign({ surrogate: someone, churn, receivedAt, asOf }, ...flaws) as Partial<Score>),
    0,
  );
}

describe('a chunk of records of any content', () => {
  it('is taken record by record: decided on or set aside, with good neighbours as if alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 8 }), fc.nat(8), async (records, at) => {
        const bench = createAlertsBench();
        const neighbour = scoreRecord(aScore({ surrogate: good }), 0);
        const chunk = records.toSpliced(at, 0, neighbour).map((record, offset) => ({ ...record, offset }));
        await bench.deliverRecords(chunk);
        expect(bench.taken.length + bench.unreadable.length).toBe(chunk.length);
        expect(await bench.deadLetters()).toHaveLength(bench.unreadable.length);
        const tasks = bench.tasks();
        expect(tasks.filter(({ surrogate }) => surrogate === good)).toMatchObject([{ version: 1, status: 'open' }]);
        // Whoever reads the topic or the interface gets something that can be written down.
        for (const task of tasks) {
          expect(JSON.parse(JSON.stringify(taskToJson(task)))).toMatchObject({
            priority: expect.any(Number) as number,
          });
        }
        const again = bench.published.length;
        await bench.deliverRecords(chunk);
        expect(bench.tasks()).toHaveLength(tasks.length);
        expect(bench.published.length - again).toBe(bench.unreadable.length / 2);
      }),
      { numRuns: runs(150) },
    );
  });
});

interface Skewed {
  readonly level: Level;
  readonly skewMs: number;
  readonly dayStep: number;
}

const year = 365 * 86_400_000;
const skewed: fc.Arbitrary<Skewed> = fc.record({
  level: fc.constantFrom(...levels),
  skewMs: fc.oneof(fc.integer({ min: -20 * year, max: 20 * year }), fc.constantFrom(0, -1, 1)),
  dayStep: fc.nat(3),
});

describe('scores whose times of receipt jump by years', () => {
  const start = Date.UTC(2026, 0, 15, 12);

  it('move no promise later, no task back in time, and leave no two tasks open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(skewed, { minLength: 1, maxLength: 20 }), fc.nat(20), async (steps, cut) => {
        const bench = createAlertsBench();
        let asOf = Math.floor(start / 86_400_000) + 1;
        const scores = steps.map(({ level, skewMs, dayStep }, i) => {
          asOf += dayStep;
          return aScore({ level, stateVersion: i + 1, asOf, receivedAt: start + skewMs });
        });
        await bench.deliver(scores.slice(0, cut));
        if (cut < scores.length) await bench.deliver(scores.slice(cut));
        const tasks = bench.tasks();
        const before = tasks.length;
        await bench.deliver(scores);
        expect(bench.tasks()).toHaveLength(before);
        for (const versions of Map.groupBy(tasks, ({ taskId }) => taskId).values()) {
          expect(versions.map(({ version }) => version)).toEqual(versions.map((_, i) => i + 1));
          for (const [i, task] of versions.entries()) {
            const last = versions[i - 1] ?? task;
            expect(task.updatedAt).toBeGreaterThanOrEqual(Math.max(task.createdAt, last.updatedAt));
            expect(task.respondBy ?? Infinity).toBeLessThanOrEqual(last.respondBy ?? Infinity);
            expect(task.resolveBy ?? Infinity).toBeLessThanOrEqual(last.resolveBy ?? Infinity);
          }
        }
        for (let i = 1; i <= tasks.length; i++) expect(openTasksOf(tasks.slice(0, i)).length).toBeLessThanOrEqual(1);
        expect(newestVersions(tasks).size).toBe(new Set(tasks.map(({ episode }) => episode)).size);
      }),
      { numRuns: runs(100) },
    );
  });
});
