import type { SchemaRegistry as Client } from '@kafkajs/confluent-schema-registry';
import avro, { type Type } from 'avsc';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { isNotFound, toEngineError } from './registry-errors.ts';
import type { WriterSchemas } from './registry-codec.ts';

export interface SchemaLookupOptions {
  readonly client: Client;
  /** How long an unknown id is not asked for again; 30 s by default. */
  readonly forgetUnknownAfterMs?: DurationMs;
  readonly now?: () => EpochMs;
}

const defaultForgetMs = 30_000;
const maxUnknown = 10_000;
const maxSchemas = 1_000;
/** Schema ids are signed 32-bit numbers; anything above is no id. */
const maxSchemaId = 0x7fffffff;

/** Schemas by id, each fetched once; ids that nobody knows are remembered for a while. */
export function createSchemaLookup(options: SchemaLookupOptions): WriterSchemas {
  const { client, forgetUnknownAfterMs = defaultForgetMs, now = Date.now } = options;
  const unknownUntil = new Map<number, EpochMs>();
  const asked = new Set<number>();

  async function fetchSchema(schemaId: number): Promise<Type | null> {
    try {
      const schema: unknown = await client.getSchema(schemaId);
      if (avro.Type.isType(schema)) return schema as Type;
      throw unreadableError(schemaId, 'it is not an Avro schema');
    } catch (error) {
      if (isNotFound(error)) return null;
      if (hasStatus(error) || error instanceof EngineError) throw toEngineError(error, `looking up schema ${schemaId}`);
      throw unreadableError(schemaId, error instanceof Error ? error.message : String(error));
    }
  }

  function rememberUnknown(schemaId: number): void {
    // Corrupt bytes name arbitrary ids: the memory of them is bounded, the oldest goes first.
    const [oldest] = unknownUntil.keys();
    if (unknownUntil.size >= maxUnknown && oldest !== undefined) unknownUntil.delete(oldest);
    unknownUntil.delete(schemaId);
    unknownUntil.set(schemaId, now() + forgetUnknownAfterMs);
  }

  return {
    async find(schemaId) {
      if (schemaId > maxSchemaId || (unknownUntil.get(schemaId) ?? -Infinity) > now()) return null;
      asked.add(schemaId);
      if (asked.size > maxSchemas) {
        // The client keeps every schema it ever fetched.
        client.cache.clear();
        asked.clear();
      }
      const schema = await fetchSchema(schemaId);
      if (schema === null) rememberUnknown(schemaId);
      return schema;
    },
  };
}

function hasStatus(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error;
}

function unreadableError(schemaId: number, reason: string): EngineError {
  return new EngineError('ERR_RECORD_DECODE', `The schema under id ${schemaId} cannot be used: ${reason}.`, {
    retryable: false,
    context: { schemaId },
  });
}
