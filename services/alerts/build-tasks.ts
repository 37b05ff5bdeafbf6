import { randomBytes } from 'node:crypto';
import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { messageChannels } from '../core/contacts/message-channels.ts';
import { featureNames } from '../core/features/feature-catalogue.ts';
import { compileTaskRules } from '../core/playbooks/compile-task-rules.ts';
import { placesOf } from '../core/playbooks/places-of.ts';
import { createTaskReducer } from '../core/tasks/task-reducer.ts';
import type { DurationMs } from '../core/units.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createKafkaSource, type KafkaLogSource } from '../platform/kafka/kafka-source.ts';
import { createRedisCaseIndex } from '../platform/redis/redis-case-index.ts';
import { createRedisDueIndex } from '../platform/redis/redis-due-index.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { PartitionLanes } from '../platform/runtime/partition-lanes.ts';
import { createPipelineMeter } from '../platform/runtime/pipeline-meter.ts';
import { createPipelineRunner } from '../platform/runtime/pipeline-runner.ts';
import { readSegments } from '../platform/runtime/read-segments.ts';
import { repeatWork } from '../platform/runtime/repeat-work.ts';
import { createSurrogateResolver } from '../platform/runtime/surrogate-resolver.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { watchPlaybooks } from '../platform/runtime/watch-playbooks.ts';
import { createAlertsMetrics } from './alerts-metrics.ts';
import type { AlertsPart } from './alerts-part.ts';
import type { AlertsShared } from './alerts-shared.ts';
import { addCommandRoutes } from './api/command-routes.ts';
import { createCommandService } from './api/command-service.ts';
import { createQueuePicker } from './api/queue-picker.ts';
import { addQueueRoutes } from './api/queue-routes.ts';
import { readTaskState } from './api/read-task-state.ts';
import { createTaskReader } from './api/task-reader.ts';
import { addTaskRoutes } from './api/task-routes.ts';
import type { BuiltService } from './build-service.ts';
import { addDueGauge } from './due-gauge.ts';
import { createDueRunner } from './due/due-runner.ts';
import { createDueSweep } from './due/due-sweep.ts';
import { type AlertsDeps, createAlertsPipeline } from './pipeline.ts';
import { createPlaybookMeters } from './playbook-meters.ts';
import { addQueueGauge } from './queue-gauge.ts';
import { addTaskGauge } from './task-gauge.ts';

/** How often partitions are asked for what is due. */
const dueEveryMs: DurationMs = 250;

/** How old events and segment changes may be when a group takes up their topics for the first time. */
const firstLookBackMs: DurationMs = 86_400_000;

export interface TasksNeeds {
  /** See `TenantRules.harms`. */
  readonly harms: (tenant: string) => ReadonlySet<string>;
  readonly service: BuiltService;
  /** Told when what is due cannot be looked at any more. */
  readonly fail: (error: unknown) => void;
}

/** Decides on tasks: what comes in, what is due, and what people ask. */
export async function buildTasks(shared: AlertsShared, { harms, fail, service }: TasksNeeds): Promise<AlertsPart> {
  const { metrics, installation } = shared;
  const playbooks = await followPlaybooks(shared, { harms, service });
  const source = inputsSource(shared);
  const deps = depsOf(shared, () => playbooks.current().compiled, service);
  const { runner, timers } = createWork(shared, { source, deps });
  const queues = () => playbooks.current().document.queues;
  const tenants = installation.tenants.map(({ id }) => id);
  addTaskGauge(metrics, deps.index, tenants);
  addQueueGauge(metrics, { ...deps, tenants, queues });
  let endTimers = (): Promise<void> => Promise.resolve();
  const needs = { installation, queues, service };
  return {
    sources: [source],
    problems: () => [...runner.problems(), ...timers.problems()],
    addRoutes: (server, authorize) => addApi(server, deps, { ...needs, authorize }),
    async start() {
      await runner.start();
      endTimers = repeatWork(() => timers.round(), dueEveryMs, fail);
    },
    async stop() {
      timers.stop();
      await endTimers();
      await runner.stop();
      await playbooks.stop();
    },
  };
}

function depsOf(shared: AlertsShared, reducer: AlertsDeps['reducer'], { rulesOf }: BuiltService): AlertsDeps {
  const { config, installation, redis, metrics, logger, topics, codecs, store, index, sink } = shared;
  return {
    ...{ store, index, sink, codecs, reducer },
    caseIndex: createRedisCaseIndex({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
    caseRulesOf: (tenant) => rulesOf(tenant).cases,
    dueIndex: createRedisDueIndex({ redis, keyPrefix: config.TIDEWATCH_KEY_PREFIX }),
    digest: nodeDigest,
    clock: systemClock,
    tracer: shared.tracer,
    telemetry: createAlertsMetrics({ metrics, clock: systemClock, logger }),
    topics: { ...topics, deadLetters: topics.eventsDeadLetter },
    openerFor: openersOf(installation),
    sealOriginal: sealerOf(installation),
  };
}

interface ApiNeeds {
  readonly service: BuiltService;
  readonly installation: Installation;
  readonly queues: Parameters<typeof addQueueRoutes>[1]['queues'];
  readonly authorize: preHandlerAsyncHookHandler;
}

function addApi(
  server: FastifyInstance,
  deps: AlertsDeps,
  { installation, queues, service, authorize }: ApiNeeds,
): void {
  const reader = createTaskReader(deps.store, deps.index);
  const commands = createCommandService({
    ...deps,
    readState: (key) => readTaskState(deps.store, key),
    codec: deps.codecs.commands,
    topic: deps.topics.commands,
    newId: () => randomBytes(16).toString('hex'),
  });
  addTaskRoutes(server, { reader, authorize });
  const surrogateOf = createSurrogateResolver(installation, deps.digest);
  addCommandRoutes(server, { reader, commands, surrogateOf, authorize });
  service.addRoutes(server, { ...deps, commands, surrogateOf, authorize });
  addQueueRoutes(server, { ...deps, picker: createQueuePicker({ ...deps, reader }), commands, queues, authorize });
}

/** What is done with the partitions: chunks of their logs, and between these what is due. */
function createWork(
  { logger, metrics }: AlertsShared,
  { source, deps }: { readonly source: KafkaLogSource; readonly deps: AlertsDeps },
) {
  const lanes = new PartitionLanes();
  const runner = createPipelineRunner({
    ...{ source, lanes, pipeline: createAlertsPipeline(deps) },
    meter: createPipelineMeter(metrics, 'tasks'),
  });
  const owned = (): ReadonlySet<number> => new Set(source.health().map(({ partition }) => partition));
  addDueGauge(metrics, deps.dueIndex, owned);
  const timers = createDueRunner({
    owned,
    inLane: (partition, work) => lanes.run(partition, work),
    sweep: createDueSweep({ ...deps, owns: (partition) => owned().has(partition) }),
    onFault: ({ code, message }, partition) => logger.warn({ code, partition }, message),
  });
  return { runner, timers };
}

/** Playbooks may name the tiers and stages of the segment configuration that the scorer assigns by. */
async function followPlaybooks(shared: AlertsShared, { harms, service }: Pick<TasksNeeds, 'harms' | 'service'>) {
  const { config, installation, logger, metrics } = shared;
  const tenants = new Map(installation.tenants.map((tenant) => [tenant.id, tenant] as const));
  const segments = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  const rules = { digest: nodeDigest, tenants, harms, service: service.rulesOf };
  return watchPlaybooks({
    path: config.TIDEWATCH_PLAYBOOKS_FILE ?? null,
    around: { ...placesOf(segments.document), channels: new Set<string>(messageChannels), webhooks: null },
    compile: ({ version, document }) =>
      createTaskReducer(compileTaskRules(document, { version, ...rules }), systemClock),
    logger,
    onReload: createPlaybookMeters(metrics),
  });
}

function inputsSource({ config, client, topics, logger, metrics }: AlertsShared): KafkaLogSource {
  const { scores, segments, events, commands } = topics;
  return createKafkaSource({
    client,
    topics: [scores, segments, events, commands],
    groupId: `${config.TIDEWATCH_GROUP_PREFIX}tidewatch.alerts`,
    // These may hold years; what is older is nothing to open tasks for (docs/decisions/0026).
    beginWithin: { [segments]: firstLookBackMs, [events]: firstLookBackMs },
    sessionTimeoutMs: config.TIDEWATCH_SESSION_TIMEOUT_MS,
    whenOffsetLost: config.TIDEWATCH_WHEN_OFFSET_LOST,
    logger,
    metrics,
  });
}

/** Opens what ingest sealed under the keys of the tenants. */
function openersOf({ tenants }: Installation): AlertsDeps['openerFor'] {
  const sealers = new Map(
    tenants.map(({ id, envelopeKey }) => [id, createAesSealer(envelopeKey.id, envelopeKey.key)] as const),
  );
  return (tenant, keyId) => {
    const sealer = sealers.get(tenant);
    return sealer?.keyId === keyId ? sealer : null;
  };
}

/** An unreadable record belongs to no known tenant, so the key of the installation seals it. */
function sealerOf({ installationKey }: Installation): AlertsDeps['sealOriginal'] {
  const sealer = createAesSealer('installation', installationKey.reveal());
  return (bytes) => ({ keyId: sealer.keyId, sealed: sealer.seal(bytes, 'dead-letter') });
}
