import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import { createTopicReader } from '../platform/kafka/topic-reader.ts';
import type { KafkaClient } from '../platform/kafka/kafka-client.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import { addEffectsMetrics } from './effects-metrics.ts';
import { createEffectsView, type EffectsView } from './effects/effects-view.ts';

export interface EffectsNeeds {
  readonly client: KafkaClient;
  /** The tasks topic. */
  readonly topic: string;
  readonly codec: RecordCodec<RetentionTask>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** See `EffectsViewDeps`. */
  readonly marginRate: () => number;
}

export interface FollowedEffects {
  readonly view: EffectsView;
  /** Kept once the topic was read to its end; before that nobody is suppressed. */
  readonly isRead: Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 5_000;

/** Reads the tasks topic from its beginning and follows it: effects, their metrics, and who is left alone. */
export function buildEffects({ client, topic, codec, logger, metrics, marginRate }: EffectsNeeds): FollowedEffects {
  const reader = createTopicReader({ client, topic });
  const unreadable = metrics.counter(
    'tidewatch_uplift_tasks_unreadable_total',
    'Records of the tasks topic that could not be read and are missing in the effects.',
  );
  const view = createEffectsView({ reader, codec, marginRate, onUnreadable: (count) => unreadable.inc(count) });
  addEffectsMetrics(metrics, () => view.tallies());
  const read: PromiseWithResolvers<void> = Promise.withResolvers();
  const stopping = new AbortController();
  const stop = repeatWork(
    () => view.advance(stopping.signal).then(read.resolve),
    everyMs,
    (error) => {
      if (stopping.signal.aborted) return;
      logger.warn({ err: error, topic }, 'The effects of playbooks are not up to date; they are read again.');
    },
  );
  return {
    view,
    isRead: read.promise,
    async stop() {
      stopping.abort();
      await stop();
      // Whoever waits for the first reading is stopping too.
      read.resolve();
      await reader.stop();
    },
  };
}
