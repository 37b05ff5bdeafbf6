import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { featureReading } from '../../../services/core/features/reads-features.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';

export interface TopicCounts {
  /** Distinct events on the topic, by source and id, without those that our client never got an answer for. */
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

/** Tells apart whose events they are. */
export interface EventOwnership {
  /** Whether this run's own client (simulator or replay) sent the event. */
  isOwn(record: CustomerRecord): boolean;
  /** Whether our client gave the event up without an answer: then it is scored like any other, but in no book. */
  isOpen(record: CustomerRecord): boolean;
}

export function createTopicTally({ isOwn, isOpen }: EventOwnership): TopicTally {
  const events = new Set<string>();
  const scores = new Set<string>();
  const customers = new Set<string>();
  const tasks = new Map<string, Pick<RetentionTask, 'version' | 'status'>>();
  let ownOnTopic = 0;
  let openOnTopic = 0;
  let readByFeatures = 0;
  return {
    addEvent: (record) => {
      const key = `${record.tenant}|${record.source}|${record.eventId}`;
      if (record.kind !== 'event' || events.has(key)) return;
      events.add(key);
      customers.add(`${record.tenant}|${record.surrogate}`);
      if (isOpen(record)) openOnTopic += 1;
      else if (isOwn(record)) ownOnTopic += 1;
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
      onTopic: events.size - openOnTopic,
      ownOnTopic,
      readByFeatures,
      scored: scores.size,
      customers: customers.size,
      openTasks: [...tasks.values()].filter((task) => task.status === 'open').length,
    }),
  };
}
