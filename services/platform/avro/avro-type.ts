import avro, { type Schema, type Type } from 'avsc';
import type { RecordSchema } from './load-schema.ts';
import { useSafeTypes } from './safe-types.ts';

/**
 * The codec of a schema. Values are plain objects field for field as in the schema: a union is its bare value, bytes are
 * Buffers, a long beyond 2^53 is an error.
 */
export function createAvroType(schema: RecordSchema): Type {
  return avro.Type.forSchema(schema as unknown as Schema, {
    wrapUnions: 'never',
    omitRecordMethods: true,
    typeHook: useSafeTypes,
  });
}
