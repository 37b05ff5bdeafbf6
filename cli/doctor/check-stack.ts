import type { EngineError } from '../../services/core/errors.ts';
import { createStackProbes, type StackProbes } from '../../services/platform/provisioning/stack-probes.ts';
import { loadConfig } from '../../services/platform/runtime/load-config.ts';
import { readConnections } from '../../services/platform/runtime/read-connections.ts';
import { waitForDependency } from '../../services/platform/runtime/start-dependencies.ts';
import { toolConfig } from '../../services/platform/runtime/tool-config.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { redactUrlCredentials } from '../../services/platform/telemetry/redact-secrets.ts';
import type { CliIo } from '../cli-io.ts';
import { checkTopics } from './check-topics.ts';
import type { Finding } from './finding.ts';

const variables = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'] as const;
const timeoutMs = 5_000;
const silent = createLogger({ name: 'doctor', level: 'silent' });

/** In the place of what is not set, and so not asked, while the rest is. */
const unasked = { KAFKA_BROKERS: 'h:1', SCHEMA_REGISTRY_URL: 'http://h', REDIS_URL: 'redis://h' };

type StackVariable = (typeof variables)[number];

const parts = {
  KAFKA_BROKERS: { what: 'Kafka', probe: 'kafka' },
  SCHEMA_REGISTRY_URL: { what: 'Schema registry', probe: 'registry' },
  REDIS_URL: { what: 'Redis', probe: 'redis' },
} as const satisfies Record<StackVariable, { what: string; probe: keyof StackProbes }>;

/** Whether the environment names a stack; without one, `npm start` builds its own. */
export function namesStack(env: CliIo['env']): boolean {
  return variables.some((name) => env[name]);
}

/** Asks Kafka, the registry and Redis as the environment says, and compares the topics. */
export async function checkStack(env: CliIo['env']): Promise<Finding[]> {
  const named = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  try {
    const config = loadConfig(toolConfig, { ...unasked, ...named });
    const connections = readConnections(config);
    const probes = createStackProbes(connections, silent);
    const findings = await Promise.all(variables.map((variable) => checkPart(variable, probes, env[variable])));
    if (findings[0].result === 'fault') return findings;
    return [...findings, ...(await checkTopics(connections.kafka, config, silent))];
  } catch (error) {
    return [{ result: 'fault', what: 'Connections', detail: (error as EngineError).message, advice: 'correct these' }];
  }
}

function describeUnset(variable: StackVariable): Finding {
  const advice = `set ${variables.join(', ')}, or none`;
  return { result: 'fault', what: parts[variable].what, detail: `${variable} is not set`, advice };
}

async function checkPart(variable: StackVariable, probes: StackProbes, address: string | undefined): Promise<Finding> {
  if (!address) return describeUnset(variable);
  const { what, probe } = parts[variable];
  try {
    await waitForDependency(what, () => probes[probe](), { timeoutMs, logger: silent, address, variable });
    return { result: 'ok', what, detail: `answers at ${redactUrlCredentials(address)}` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      result: 'fault',
      what,
      detail,
      advice: `start ${what}, or correct ${variable} and how it is connected to`,
    };
  }
}
