import { SchemaType } from '@kafkajs/confluent-schema-registry';
import type { EngineError } from '../../core/errors.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { RegistryConnection } from '../runtime/connections.ts';
import { retryWhileRetryable } from '../runtime/retry.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createAvroType } from './avro-type.ts';
import { loadSchema, type RecordSchema } from './load-schema.ts';
import { checkRegistry } from './check-registry.ts';
import { createRegistryClient } from './registry-client.ts';
import { RegistryCodec } from './registry-codec.ts';
import { toEngineError } from './registry-errors.ts';
import { createSchemaLookup } from './schema-lookup.ts';
import { compatibility, ensureCompatibility } from './subject-compatibility.ts';

export interface SchemaRegistryOptions extends RegistryConnection {
  readonly logger: Logger;
  /** How long a registration is tried while the registry cannot be reached. */
  readonly registerTimeoutMs?: DurationMs;
  readonly now?: () => EpochMs;
}

export interface SchemaRegistry {
  /**
   * Registers `schemas/<schemaName>.v1.avsc` as `<topic>-value` and gives the codec of that topic.
   * Rejects with ERR_SCHEMA_INCOMPATIBLE, or ERR_REGISTRY_UNAVAILABLE (retryable) when the time is up.
   */
  codec<T>(topic: string, schemaName: string): Promise<RecordCodec<T>>;
  /** Registers a schema as it stands; returns its id. */
  register(subject: string, schema: RecordSchema): Promise<number>;
  /** Resolves when the registry answers; rejects with ERR_REGISTRY_UNAVAILABLE (retryable) otherwise. */
  check(): Promise<void>;
}

const defaultRegisterTimeoutMs = 30_000;

export function createSchemaRegistry(options: SchemaRegistryOptions): SchemaRegistry {
  const { logger, registerTimeoutMs = defaultRegisterTimeoutMs, now = Date.now } = options;
  const client = createRegistryClient(options);
  const writers = createSchemaLookup({ client, now });

  async function registerOnce(subject: string, schema: RecordSchema, attempts = 1): Promise<number> {
    try {
      await ensureCompatibility(options, subject);
      const payload = { type: SchemaType.AVRO as const, schema: JSON.stringify(schema) };
      const { id } = await client.register(payload, { subject, compatibility, updateConfig: false });
      await ensureCompatibility(options, subject);
      return id;
    } catch (error) {
      // Another process made the subject after we looked, and has not set its compatibility yet.
      if (isCompatibilityMismatch(error) && attempts < 3) return registerOnce(subject, schema, attempts + 1);
      throw toEngineError(error, `registering ${subject}`);
    }
  }

  function register(subject: string, schema: RecordSchema): Promise<number> {
    return retryWhileRetryable(() => registerOnce(subject, schema), {
      maxTimeMs: registerTimeoutMs,
      onRetry: (error: EngineError, attempt) => logger.warn({ code: error.code, subject, attempt }, error.message),
    });
  }

  return {
    register,
    check: () => checkRegistry(options),
    async codec<T>(topic: string, schemaName: string) {
      const schema = loadSchema(schemaName);
      const schemaId = await register(`${topic}-value`, schema);
      return new RegistryCodec<T>({ type: createAvroType(schema), schemaId, writers });
    },
  };
}

function isCompatibilityMismatch(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConfluentSchemaRegistryCompatibilityError';
}
