import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';

/** Where an import goes: the ingest that takes it, the log that shows it, the tenant whose it is. */
export interface Target {
  readonly ingest: string | null;
  readonly writeKey: string | null;
  readonly brokers: readonly string[];
  readonly schemaRegistry: string;
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

interface LocalRun {
  readonly ingest?: string;
  readonly writeKey?: string;
  readonly kafka?: string;
  readonly schemaRegistry?: string;
  readonly topicPrefix?: string;
  readonly tenant?: string;
}

/** Options and environment first; for what they leave out, the local `npm start` that is running. */
export async function findTarget(options: TargetOptions, { env }: CliIo): Promise<Target> {
  const run = await readLocalRun(join(options.directory, 'run.json'));
  const kafka = env['KAFKA_BROKERS'] ?? run.kafka;
  const schemaRegistry = env['SCHEMA_REGISTRY_URL'] ?? run.schemaRegistry;
  if (kafka === undefined || schemaRegistry === undefined) {
    throw usageError('No stack is known: set KAFKA_BROKERS and SCHEMA_REGISTRY_URL, or run `npm start` beside this.');
  }
  const installation = env['TIDEWATCH_INSTALLATION_FILE'] ?? join(options.directory, 'installation.json');
  const { tenants } = await readInstallation(installation);
  const id = options.tenant ?? run.tenant ?? (tenants.length === 1 ? tenants[0].id : undefined);
  const tenant = tenants.find((each) => each.id === id);
  if (tenant === undefined) throw usageError(`--tenant must be one of ${tenants.map((each) => each.id).join(', ')}.`);
  return {
    ingest: options.url ?? run.ingest ?? null,
    writeKey: options.key ?? run.writeKey ?? null,
    brokers: kafka.split(',').map((address) => address.trim()),
    schemaRegistry,
    topicPrefix: env['TIDEWATCH_TOPIC_PREFIX'] ?? run.topicPrefix ?? '',
    tenant: tenant.id,
    timezone: tenant.timezone,
    currency: tenant.currency,
  };
}

/** Where the progress of an import is kept. */
export function checkpointPathOf(directory: string, importId: string): string {
  return join(directory, 'imports', `${importId}.json`);
}

async function readLocalRun(path: string): Promise<LocalRun> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LocalRun;
  } catch {
    return {};
  }
}
