import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Level, nextLevel } from '../../../services/core/scoring/level.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { decodeTaskState } from '../../../services/core/tasks/decode-task-state.ts';
import { encodeTaskState } from '../../../services/core/tasks/encode-task-state.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { emptyTaskState, keptEpisodes, type TaskState } from '../../../services/core/tasks/task-state.ts';
import { applyScoreToTasks } from '../../support/apply-to-tasks.ts';
import { runs } from '../../support/property-runs.ts';
import { scoreHistory } from '../../support/score-arbitraries.ts';
import { aScore } from '../../support/score-builder.ts';
import { openTasksOf } from '../../support/open-tasks.ts';

function applyAll(scores: readonly Score[], from: TaskState = emptyTaskState()): TaskState {
  return scores.reduce((state, score) => applyScoreToTasks(state, score).state, from);
}

/** The log read again and again: each reading begins at an earlier offset and goes on to any later one. */
function withRedeliveries(scores: readonly Score[], cuts: readonly number[]): Score[] {
  const deliveries = cuts.map((cut) => Math.min(cut, scores.length)).sort((a, b) => a - b);
  let committed = 0;
  const delivered: Score[] = [];
  for (const [i, cut] of deliveries.entries()) {
    delivered.push(...scores.slice(committed, cut));
    if (i % 2 === 0) committed = Math.floor((committed + cut) / 2);
  }
  return [...delivered, ...scores.slice(committed)];
}

/** Tasks as the naive reading of the rules has them: one per stretch from a first high to the next none. */
function naiveEpisodes(scores: readonly Score[]): number {
  let episodes = 0;
  let isRunning = false;
  for (const { level, historical, degraded } of scores) {
    if (historical || degraded) continue;
    if (!isRunning && (level === 'high' || level === 'critical')) episodes += 1;
    isRunning = isRunning ? level !== 'none' : level === 'high' || level === 'critical';
  }
  return episodes;
}

describe('the decisions on tasks', () => {
  it('open one task per episode, in the order of the log', () => {
    fc.assert(
      fc.property(scoreHistory(), (scores) => {
        const { outbox } = applyAll(scores);
        expect(new Set(outbox.map((task) => task.taskId)).size).toBe(naiveEpisodes(scores));
        expect(outbox.filter((task) => task.version === 1)).toHaveLength(naiveEpisodes(scores));
      }),
      { numRuns: runs(300) },
    );
  });

  it('are the same, byte for byte, however often parts of the log are delivered again', () => {
    fc.assert(
      fc.property(scoreHistory(), fc.array(fc.nat({ max: 25 }), { maxLength: 5 }), (scores, cuts) => {
        const undisturbed = encodeTaskState(applyAll(scores));
        expect(encodeTaskState(applyAll(withRedeliveries(scores, cuts))).equals(undisturbed)).toBe(true);
        expect(encodeTaskState(applyAll(scores, applyAll(scores))).equals(undisturbed)).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });

  it('never leave two tasks open, in any order of delivery', () => {
    const shuffled = scoreHistory().chain((scores) =>
      fc.shuffledSubarray([...scores, ...scores], { minLength: scores.length, maxLength: 2 * scores.length }),
    );
    fc.assert(
      fc.property(shuffled, (scores) => {
        let state = emptyTaskState();
        const snapshots: RetentionTask[] = [];
        for (const score of scores) {
          const before = state.outbox.length;
          const seen = state.seenVersion;
          state = applyScoreToTasks(state, score).state;
          snapshots.push(...state.outbox.slice(before));
          expect(openTasksOf(snapshots).length).toBeLessThanOrEqual(1);
          expect(state.seenVersion).toBeGreaterThanOrEqual(seen);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('keep the state bounded: tasks of the latest episodes, whatever the history', () => {
    fc.assert(
      fc.property(scoreHistory({ minLength: 40, maxLength: 80 }), (scores) => {
        for (const { tasks } of applyAll(scores).triggers) expect(tasks.length).toBeLessThanOrEqual(keptEpisodes);
      }),
      { numRuns: runs(50) },
    );
  });

  it('make one task of a score that wavers round a cut-off, and of any episode that never falls to none', () => {
    const cutoffs = [
      { level: 'watch', enter: 0.3, exit: 0.25 },
      { level: 'high', enter: 0.5, exit: 0.45 },
      { level: 'critical', enter: 0.7, exit: 0.65 },
    ];
    const wavering = fc.array(fc.double({ min: 0.26, max: 0.74, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(wavering, (probabilities) => {
        let level: Level = 'none';
        const scores = [0.51, ...probabilities].map((p90, i) => {
          level = nextLevel(p90, level, cutoffs);
          return aScore({ level, stateVersion: i + 1, churn: { p30: 1, p60: 1, p90 } });
        });
        expect(new Set(applyAll(scores).outbox.map((task) => task.taskId)).size).toBe(1);
      }),
      { numRuns: runs(200) },
    );
  });

  it('ignore historical scores: without them the same tasks come out', () => {
    fc.assert(
      fc.property(scoreHistory({ historical: 4 }), (scores) => {
        const live = scores.filter((score) => !score.historical);
        expect(applyAll(scores).outbox).toEqual(applyAll(live).outbox);
      }),
      { numRuns: runs(200) },
    );
  });

  it('are kept exactly by the stored form', () => {
    fc.assert(
      fc.property(scoreHistory(), (scores) => {
        const state = applyAll(scores);
        const bytes = encodeTaskState(state);
        expect(decodeTaskState(bytes)).toEqual(JSON.parse(JSON.stringify(state)));
        expect(encodeTaskState(decodeTaskState(bytes)).equals(bytes)).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});
