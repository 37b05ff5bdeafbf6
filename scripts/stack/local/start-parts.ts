import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askKafka } from '../readiness/ask-kafka.ts';
import { askRedis } from '../readiness/ask-redis.ts';
import { askRegistry } from '../readiness/ask-registry.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import type { StackAddresses } from '../stack.ts';
import { kafkaFormatSpec, kafkaProperties, kafkaSpec, newClusterId } from './kafka-spec.ts';
import { readLastLines } from './last-lines.ts';
import { launchProcess, type LaunchedProcess } from './launch-process.ts';
import type { LocalLayout } from './local-layout.ts';
import type { ProcessSpec } from './process-spec.ts';
import { redisSpec } from './redis-spec.ts';
import { registrySpec } from './registry-spec.ts';
import { StartFault } from './start-fault.ts';

export type Launch = (spec: ProcessSpec) => Promise<LaunchedProcess>;

const readyWithinMs = 120_000;

/** Starts Redis and Kafka together and the registry once Kafka answers; resolves when all three answer. */
export async function startParts(layout: LocalLayout, launch: Launch): Promise<StackAddresses> {
  const addresses = addressesOf(layout);
  for (const folder of [layout.redisData, layout.kafkaData, layout.scratch]) await mkdir(folder, { recursive: true });
  const redis = launchUntil(launch, redisSpec(layout), () => askRedis(addresses.redis));
  const kafkaThenRegistry = startKafka(layout, launch, addresses).then(() =>
    launchUntil(launch, registrySpec(layout), () => askRegistry(addresses.schemaRegistry)),
  );
  // Both are awaited even when one fails, so that nothing is launched behind the back of whoever cleans up.
  const results = await Promise.allSettled([redis, kafkaThenRegistry]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return addresses;
}

function addressesOf({ ports }: LocalLayout): StackAddresses {
  return {
    kafka: `127.0.0.1:${ports.kafka}`,
    schemaRegistry: `http://127.0.0.1:${ports.registry}/apis/ccompat/v7`,
    redis: `redis://127.0.0.1:${ports.redis}`,
  };
}

async function startKafka(layout: LocalLayout, launch: Launch, addresses: StackAddresses): Promise<void> {
  await writeFile(layout.kafkaConfig, kafkaProperties(layout));
  if (!existsSync(join(layout.kafkaData, 'meta.properties'))) {
    const format = await launchProcess(kafkaFormatSpec(layout, newClusterId()), layout.logs);
    if ((await format.end) !== 0) throw await describeEnd(format);
  }
  await launchUntil(launch, kafkaSpec(layout), () => askKafka(addresses.kafka));
}

async function launchUntil(launch: Launch, spec: ProcessSpec, ask: () => Promise<void>): Promise<void> {
  const launched = await launch(spec);
  const askOurs = async () => {
    if (!spec.startedMark.test(await readFile(launched.logFile, 'utf8'))) throw new Error('it is still starting');
    await ask();
  };
  try {
    await awaitReady(askOurs, { what: spec.name, timeoutMs: readyWithinMs, giveUp: launched.ended });
  } catch (error) {
    throw await describeEnd(launched, error);
  }
}

async function describeEnd(launched: LaunchedProcess, cause?: unknown): Promise<StartFault> {
  const log = await readLastLines(launched.logFile);
  const ending = launched.ended();
  const what = ending ?? (cause instanceof Error ? cause.message : `${launched.recorded.name} did not start`);
  const message = `${what}. The end of ${launched.logFile}:\n${log}`;
  return new StartFault(message, { ended: ending !== null, log: `${ending ?? ''}\n${log}`, cause });
}
