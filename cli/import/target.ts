import { join } from 'node:path';
import type { Connections } from '../../services/platform/runtime/connections.ts';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import { loadConfig } from '../../services/platform/runtime/load-config.ts';
import { readConnections } from '../../services/platform/runtime/read-connections.ts';
import { toolConfig } from '../../services/platform/runtime/tool-config.ts';
import type { CliIo } from '../cli-io.ts';
import { readLocalRun, type LocalRun } from '../read-local-run.ts';
import { usageError } from '../usage-error.ts';

/** Where an import goes: the ingest that takes it, the log that shows it, the tenant whose it is. */
export interface Target {
  readonly ingest: string | null;
  readonly writeKey: string | null;
  readonly connections: Pick<Connections, 'kafka' | 'registry'>;
  readonly topicPrefix: string;
  readonly tenant: string;
  /** Of the tenant's business days. */
  readonly timezone: string;
  readonly currency: string;
}

export interface TargetOptions {
  readonly url?: string;
  readonly key?: string;
  readonly tenant?: string;
  /** Of the local `npm start`, and of the checkpoints. */
  readonly directory: string;
}

/** In the place of the Redis that nobody here connects to. */
const unasked = 'redis://unasked';

/** Options and environment first; for what they leave out, the local `npm start` that is running. */
export async function findTarget(options: TargetOptions, { env }: CliIo): Promise<Target> {
  const run = (await readLocalRun(join(options.directory, 'run.json'))) ?? {};
  const config = readConfig(env, run);
  const installation = env['TIDEWATCH_INSTALLATION_FILE'] || join(options.directory, 'installation.json');
  const { tenants } = await readInstallation(installation);
  const id = options.tenant ?? run.tenant ?? (tenants.length === 1 ? tenants[0].id : undefined);
  const tenant = tenants.find((each) => each.id === id);
  if (tenant === undefined) throw usageError(`--tenant must be one of ${tenants.map((each) => each.id).join(', ')}.`);
  return {
    ingest: options.url ?? run.ingest ?? null,
    writeKey: options.key ?? run.writeKey ?? null,
    connections: readConnections(config),
    topicPrefix: config.TIDEWATCH_TOPIC_PREFIX,
    tenant: tenant.id,
    timezone: tenant.timezone,
    currency: tenant.currency,
  };
}

/** The environment as services read it, with the addresses of the local run where it names none. */
function readConfig(env: CliIo['env'], run: LocalRun) {
  const kafka = env['KAFKA_BROKERS'] || run.kafka;
  const schemaRegistry = env['SCHEMA_REGISTRY_URL'] || run.schemaRegistry;
  if (!kafka || !schemaRegistry) {
    throw usageError('No stack is known: set KAFKA_BROKERS and SCHEMA_REGISTRY_URL, or run `npm start` beside this.');
  }
  return loadConfig(toolConfig, {
    ...env,
    KAFKA_BROKERS: kafka,
    SCHEMA_REGISTRY_URL: schemaRegistry,
    REDIS_URL: env['REDIS_URL'] || unasked,
    TIDEWATCH_TOPIC_PREFIX: env['TIDEWATCH_TOPIC_PREFIX'] ?? run.topicPrefix ?? '',
  });
}

/** Where the progress of an import is kept. */
export function checkpointPathOf(directory: string, importId: string): string {
  return join(directory, 'imports', `${importId}.json`);
}
