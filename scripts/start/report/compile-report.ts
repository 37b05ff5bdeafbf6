import { createRedisStateStore } from '../../../services/platform/redis/redis-state-store.ts';
import type { EventFeed } from '../feeds/event-feed.ts';
import { checkFeatures } from '../replay/check-features.ts';
import type { OrderFiles } from '../replay/order-files.ts';
import type { RunPrefixes } from '../run-prefixes.ts';
import type { RunningSystem } from '../running-system.ts';
import { ingestAnswers, scrapeMetrics, sumOf } from '../service-metrics.ts';
import { bookLines, makeReport, type BookLine, type Report } from './books.ts';
import { countTopics } from './count-topics.ts';

export interface CompileOptions {
  readonly system: RunningSystem;
  readonly feed: EventFeed;
  readonly prefixes: RunPrefixes;
  readonly files: OrderFiles | null;
}

/** Namespace of the scorer's states in Redis. */
const stateNamespace = 'customer';

/** Reads both sides of the books; the services have to be there and drained. */
export async function compileReport(options: CompileOptions): Promise<{ report: Report; lines: readonly BookLine[] }> {
  const { system, feed, prefixes } = options;
  const { clients, topics, logStart: from, urls } = system;
  const { kafka: client, registry, logger } = clients;
  const topic = await countTopics({
    client,
    registry,
    logger,
    topics,
    groupPrefix: prefixes.group,
    from,
    ownership: feed,
  });
  const ingest = await scrapeMetrics(urls.ingest);
  const report = makeReport({
    own: feed.counts(),
    ingest: ingest === null ? null : ingestAnswers(ingest),
    topic,
    tasks: feed.kind === 'replay' ? await countSuppressed(urls.alerts) : topic.openTasks,
    features: await compareFeatures(options),
  });
  return { report, lines: bookLines(report, topic) };
}

/** Tasks that history would have opened, had it been live. */
async function countSuppressed(alerts: string): Promise<number> {
  const samples = (await scrapeMetrics(alerts)) ?? [];
  return sumOf(samples, 'tidewatch_tasks_suppressed_total', { reason: 'historical' });
}

async function compareFeatures({ system, prefixes, files }: CompileOptions): Promise<Report['features']> {
  if (files?.reference == null) return null;
  const { redis } = system.clients;
  const store = createRedisStateStore({ redis, keyPrefix: prefixes.key, namespace: stateNamespace });
  return await checkFeatures({ store, tenant: system.tenant, reference: files.reference });
}
