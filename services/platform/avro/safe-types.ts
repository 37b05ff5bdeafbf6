import type { Schema, Type } from 'avsc';
import { ExactLongType } from './exact-long-type.ts';
import { GuardedArrayType } from './guarded-array-type.ts';

const exactLong = new ExactLongType();

/** Makes avsc use our own types where its own lose bits or believe corrupt lengths; pass it as `typeHook`. */
export function useSafeTypes(schema: Schema, options: unknown): Type | undefined {
  if (schema === 'long') return exactLong;
  if (typeof schema !== 'object' || !('type' in schema)) return undefined;
  if (schema.type === 'long' && !('logicalType' in schema)) return exactLong;
  return schema.type === 'array' && 'items' in schema ? new GuardedArrayType(schema, options) : undefined;
}
