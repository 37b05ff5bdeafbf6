import type { TopicKey } from '../../core/events/topics.ts';
import type { DurationMs } from '../../core/units.ts';

/** How a topic is laid out and how long it keeps its records. */
export interface TopicPolicy {
  /**
   * `shared` topics have the partition count of the events topic, so that equal keys meet in one partition. `lasting` ones
   * are created with it and then keep theirs, so that equal keys meet in one partition for ever.
   */
  readonly partitions: 'shared' | 'lasting' | number;
  readonly cleanup: 'delete' | 'compact';
  /** -1 keeps records for ever; compacted topics keep the newest record of each key. */
  readonly retentionMs: DurationMs;
}

const day: DurationMs = 86_400_000;
const year: DurationMs = 365 * day;
const forEver = -1;

export const topicPolicies: Readonly<Record<TopicKey, TopicPolicy>> = {
  events: { partitions: 'shared', cleanup: 'delete', retentionMs: forEver },
  eventsDeadLetter: { partitions: 'shared', cleanup: 'delete', retentionMs: 30 * day },
  eventsLate: { partitions: 'shared', cleanup: 'delete', retentionMs: 90 * day },
  scores: { partitions: 'shared', cleanup: 'delete', retentionMs: 7 * day },
  scoresLatest: { partitions: 'shared', cleanup: 'compact', retentionMs: forEver },
  segments: { partitions: 'shared', cleanup: 'delete', retentionMs: year },
  tasks: { partitions: 'shared', cleanup: 'compact', retentionMs: forEver },
  commands: { partitions: 'shared', cleanup: 'delete', retentionMs: year },
  // What is counted of a customer lies with their partition, and is counted anew from the first fact on.
  kpiFacts: { partitions: 'lasting', cleanup: 'delete', retentionMs: forEver },
  identity: { partitions: 'shared', cleanup: 'compact', retentionMs: forEver },
  consent: { partitions: 'shared', cleanup: 'compact', retentionMs: forEver },
  activations: { partitions: 1, cleanup: 'compact', retentionMs: forEver },
  audit: { partitions: 1, cleanup: 'delete', retentionMs: forEver },
};

/** How many partitions a topic is created with, where the events topic has `shared`. */
export function partitionsOf({ partitions }: TopicPolicy, shared: number): number {
  return typeof partitions === 'number' ? partitions : shared;
}

/** One record batch; the sink's own limits lie below it. */
const maxMessageBytes = 1_048_588;

/** Compaction only looks at closed segments: a busy day's worth at most stays uncompacted. */
const compactedSegmentMs = day;

/** The settings of a policy as the broker calls them. */
export function topicSettings({ cleanup, retentionMs }: TopicPolicy): { name: string; value: string }[] {
  return [
    { name: 'cleanup.policy', value: cleanup },
    { name: 'retention.ms', value: String(retentionMs) },
    { name: 'max.message.bytes', value: String(maxMessageBytes) },
    ...(cleanup === 'compact' ? [{ name: 'segment.ms', value: String(compactedSegmentMs) }] : []),
  ];
}
