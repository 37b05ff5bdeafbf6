import { createTopicReader } from '../platform/kafka/topic-reader.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { addEffectsMetrics } from './effects-metrics.ts';
import { addEffectsRoutes } from './effects/effects-routes.ts';
import { createEffectsView, type EffectsView } from './effects/effects-view.ts';

export interface FollowedEffects extends AlertsPart {
  readonly view: EffectsView;
}

/** Share of revenue that is margin, for effects in money. */
const marginRate = (): number => 0.3;

const everyMs = 5_000;

/** Reads the tasks topic from its beginning and follows it: effects, their metrics, and who is left alone. */
export function buildEffects({ client, topics, codecs, logger, metrics }: AlertsShared): FollowedEffects {
  const topic = topics.tasks;
  const reader = createTopicReader({ client, topic });
  const unreadable = metrics.counter(
    'tidewatch_uplift_tasks_unreadable_total',
    'Records of the tasks topic that could not be read and are missing in the effects.',
  );
  const view = createEffectsView({
    reader,
    codec: codecs.tasks,
    marginRate,
    onUnreadable: (count) => unreadable.inc(count),
  });
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
    sources: [],
    problems: () => [],
    addRoutes: (server, authorize) => addEffectsRoutes(server, { effects: view, authorize }),
    /** The topic is read to its end before anything is decided: until then nobody would be spared. */
    start: () => read.promise,
    async stop() {
      stopping.abort();
      await stop();
      // Whoever waits for the first reading is stopping too.
      read.resolve();
      await reader.stop();
    },
  };
}
