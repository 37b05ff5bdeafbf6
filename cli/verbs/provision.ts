import type { Command } from 'commander';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import {
  ensureProvisioned,
  type EnsureProvisionedOptions,
} from '../../services/platform/provisioning/ensure-provisioned.ts';
import type { Provisioned } from '../../services/platform/provisioning/provision.ts';
import { readCutoffs } from '../../services/platform/runtime/cutoffs-file.ts';
import { loadConfig } from '../../services/platform/runtime/load-config.ts';
import { modelDirectory } from '../../services/platform/runtime/model-directory.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { readConnections } from '../../services/platform/runtime/read-connections.ts';
import { toolConfig } from '../../services/platform/runtime/tool-config.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';

interface ProvisionOptions {
  readonly model?: string;
  readonly cutoffs?: string;
}

/** `tidewatch provision`: topics, schemas, epoch and activation, so that services find everything there. */
export function addProvisionVerb(program: Command, io: CliIo): void {
  program
    .command('provision')
    .description('Create the topics on the stack of the environment and put a model in force. May be run again.')
    .option('--model <dir>', 'model directory to put in force (default: the newest one, where none is in force yet)')
    .option(
      '--cutoffs <file>',
      'cut-offs of segments to put in force with the model, as `segments propose` writes them',
    )
    .action((options: ProvisionOptions) => provision(options, io));
}

async function provision({ model, cutoffs }: ProvisionOptions, io: CliIo): Promise<void> {
  if (cutoffs !== undefined && model === undefined) {
    throw usageError('--cutoffs is put in force together with a model; name the one in service by --model DIR.');
  }
  const config = loadConfig(toolConfig, io.env);
  const plan = await readSegments(config.TIDEWATCH_SEGMENTS_FILE ?? null, featureNames);
  const tierCutoffs = cutoffs === undefined ? [] : await readCutoffs(cutoffs, plan.version);
  const logger = createLogger({ name: 'provision', level: config.TIDEWATCH_LOG_LEVEL, destination: io.stderr });
  const connections = readConnections(config);
  const options: EnsureProvisionedOptions = {
    config,
    client: createKafkaClient({ ...connections.kafka, clientId: 'tidewatch-provision', logger }),
    registry: createSchemaRegistry({ ...connections.registry, logger }),
    tierCutoffs,
    backend: config.TIDEWATCH_BACKEND,
    logger,
  };
  const { partitions, epoch, activationId } = await putInForce(options, model, config.TIDEWATCH_MODEL_DIR);
  const prefix = config.TIDEWATCH_TOPIC_PREFIX === '' ? '' : ` with the prefix "${config.TIDEWATCH_TOPIC_PREFIX}"`;
  io.stdout.write(`Topics${prefix} are there: ${partitions} partitions, epoch ${epoch}, activation ${activationId}.\n`);
}

async function putInForce(
  options: EnsureProvisionedOptions,
  modelDir: string | undefined,
  root: string,
): Promise<Provisioned> {
  if (modelDir !== undefined) return ensureProvisioned({ ...options, modelDir });
  const found = await ensureProvisioned(options);
  if (found.activationId !== null) return found;
  return ensureProvisioned({ ...options, modelDir: await modelDirectory(root, undefined) });
}
