import { describe, expect, it } from 'vitest';
import { createTopicTally } from '../../../scripts/start/report/topic-tally.ts';
import { aRecord } from '../../support/builders.ts';
import { aScore } from '../../support/score-builder.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';

function aTask(overrides: Partial<RetentionTask>): RetentionTask {
  return { taskId: 't1', version: 1, status: 'open', ...overrides } as RetentionTask;
}

const allOurs = { isOwn: () => true, isOpen: () => false };

describe('the topic tally', () => {
  it('counts an event once, however often it stands on the topic, and tells ours from others', () => {
    const tally = createTopicTally({ ...allOurs, isOwn: (record) => record.eventId.startsWith('ours-') });
    const record = aRecord({ eventId: 'ours-1' });
    for (const each of [record, record, aRecord({ eventId: 'theirs-1' })]) tally.addEvent(each);
    tally.addEvent({ ...record, source: 'other-source' });
    expect(tally.counts()).toMatchObject({ onTopic: 3, ownOnTopic: 2, readByFeatures: 3 });
  });

  it('leaves control records out and counts what features read', () => {
    const tally = createTopicTally(allOurs);
    tally.addEvent(aRecord({ kind: 'epoch-started' }));
    tally.addEvent(aRecord({ type: 'page.viewed' }));
    tally.addEvent(aRecord({ type: 'order.cancelled', surrogate: 'f'.repeat(32) }));
    expect(tally.counts()).toMatchObject({ onTopic: 2, readByFeatures: 1, customers: 2 });
  });

  it('keeps events that our client gave up out of the books, but expects their scores', () => {
    const tally = createTopicTally({ isOwn: () => true, isOpen: (record) => record.eventId === 'given-up' });
    for (const eventId of ['given-up', 'answered']) tally.addEvent(aRecord({ eventId }));
    expect(tally.counts()).toMatchObject({ onTopic: 1, ownOnTopic: 1, readByFeatures: 2 });
  });

  it('counts distinct scores made from events only', () => {
    const tally = createTopicTally(allOurs);
    for (const score of [aScore(), aScore(), aScore({ scoreId: 'late', cause: 'late' })]) tally.addScore(score);
    tally.addScore(aScore({ scoreId: 'day', cause: 'day' }));
    expect(tally.counts().scored).toBe(2);
  });

  it('counts tasks by their latest snapshot', () => {
    const tally = createTopicTally(allOurs);
    tally.addTask(aTask({ version: 2, status: 'resolved' }));
    tally.addTask(aTask({ version: 1, status: 'open' }));
    tally.addTask(aTask({ taskId: 't2' }));
    expect(tally.counts().openTasks).toBe(1);
  });
});
