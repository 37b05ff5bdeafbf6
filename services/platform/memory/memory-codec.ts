import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { createAvroType } from '../avro/avro-type.ts';
import { loadSchema } from '../avro/load-schema.ts';
import { RegistryCodec } from '../avro/registry-codec.ts';

const ids = new Map<string, number>();

/**
 * The codec of a schema without a registry: same bytes after the header, ids handed out in the process. Ids of others
 * are unknown.
 */
export function createBodyCodec<T>(schemaName: string): RecordCodec<T> {
  const schemaId = ids.get(schemaName) ?? ids.size + 1;
  ids.set(schemaName, schemaId);
  return new RegistryCodec<T>({
    type: createAvroType(loadSchema(schemaName)),
    schemaId,
    writers: { find: () => Promise.resolve(null) },
  });
}
