import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { featureReading } from '../../../services/core/features/reads-features.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';

export interface TopicCounts {
  /** Distinct events on the topic, by source and id. */
  readonly onTopic: number;
  /** Of them, those that this run's own client sent. */
  readonly ownOnTopic: number;
  /** Of all of them, those that some feature reads: each has to yield a score. */
  readonly readByFeatures: number;
  /** Distinct score ids made from an event. */
  readonly scored: number;
  readonly customers: number;
  /** Distinct tasks whose latest snapshot is open. */
  readonly openTasks: number;
}

/** Counts what stands on the topics, record by record, in any order of partitions. */
export interface TopicTally {
  addEvent(record: CustomerRecord): void;
  addScore(score: Score): void;
  addTask(task: RetentionTask): void;
  counts(): TopicCounts;
}

/** @param isOwn whether an event was sent by this run's own client (simulator or replay) */
export function createTopicTally(isOwn: (record: CustomerRecord) => boolean): TopicTally {
  const events = new Set<string>();
  const scores = new Set<string>();
  const customers = new Set<string>();
  const tasks = new Map<string, Pick<RetentionTask, 'version' | 'status'>>();
  let ownOnTopic = 0;
  let readByFeatures = 0;
  return {
    addEvent: (record) => {
      const key = `${record.tenant}|${record.source}|${record.eventId}`;
      if (record.kind !== 'event' || events.has(key)) return;
      events.add(key);
      customers.add(`${record.tenant}|${record.surrogate}`);
      if (isOwn(record)) ownOnTopic += 1;
      if (featureReading(record) !== null) readByFeatures += 1;
    },
    addScore: (score) => {
      if (score.cause === 'event' || score.cause === 'late') scores.add(score.scoreId);
    },
    addTask: ({ taskId, version, status }) => {
      const known = tasks.get(taskId);
      if (known === undefined || version >= known.version) tasks.set(taskId, { version, status });
    },
    counts: () => ({
      onTopic: events.size,
      ownOnTopic,
      readByFeatures,
      scored: scores.size,
      customers: customers.size,
      openTasks: [...tasks.values()].filter((task) => task.status === 'open').length,
    }),
  };
}
