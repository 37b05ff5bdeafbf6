import { describe, expect, it } from 'vitest';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { findTaskSurprises, type TaskRecord } from '../../e2e/alerts/task-once/task-surprises.ts';
import { createAlertsBench } from '../../support/alerts-bench.ts';
import { aScore } from '../../support/score-builder.ts';

const nothing = { openTwice: [], gaps: [], differingCopies: [], scattered: [], endsOld: [] };

async function someTask(): Promise<RetentionTask> {
  const bench = createAlertsBench();
  await bench.deliver([aScore()]);
  return bench.tasks()[0];
}

function record(task: RetentionTask, changed: Partial<TaskRecord> = {}): TaskRecord {
  return { partition: 0, bytes: JSON.stringify(task), task, ...changed };
}

describe('the reader of the proof that a task opens once', () => {
  it('finds nothing in versions in order, copies, and an episode that begins after the one before has ended', async () => {
    const task = await someTask();
    const second = { ...task, version: 2, status: 'retracted' as const };
    const next = { ...task, taskId: 'f'.repeat(32), episode: 2 };
    expect(findTaskSurprises([task, second, task, second, next].map((each) => record(each)))).toEqual(nothing);
  });

  it('finds a second open task of a customer and trigger, and none of another trigger', async () => {
    const task = await someTask();
    const twin = { ...task, taskId: 'f'.repeat(32) };
    const place = `${task.tenant}:${task.surrogate}:${task.trigger}`;
    expect(findTaskSurprises([record(task), record(twin)])).toEqual({
      ...nothing,
      openTwice: [`${place}: ${task.taskId}, ${twin.taskId}`],
    });
    expect(findTaskSurprises([record(task), record({ ...twin, trigger: 'other' })])).toEqual(nothing);
  });

  it('finds skipped versions, other bytes under one version, and customers in two partitions', async () => {
    const task = await someTask();
    expect(findTaskSurprises([record(task), record({ ...task, version: 3 })])).toEqual({
      ...nothing,
      gaps: [`${task.taskId}: 3 after 1`],
    });
    expect(findTaskSurprises([record(task), record({ ...task, note: 'other' })])).toEqual({
      ...nothing,
      differingCopies: [`${task.taskId}:1`],
    });
    expect(findTaskSurprises([record(task), record(task, { partition: 1 })])).toEqual({
      ...nothing,
      scattered: [`${task.tenant}:${task.surrogate}`],
    });
  });

  it('finds a task whose last record is not its highest version', async () => {
    const task = await someTask();
    expect(findTaskSurprises([record(task), record({ ...task, version: 2 }), record(task)])).toEqual({
      ...nothing,
      endsOld: [`${task.taskId}: 1 after 2`],
    });
  });
});
