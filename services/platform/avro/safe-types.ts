import type { Schema, Type } from 'avsc';
import { ExactLongType } from './exact-long-type.ts';
import { GuardedArrayType } from './guarded-array-type.ts';
import { isNullable, NullableType } from './nullable-type.ts';
import { ShortStringType } from './short-string-type.ts';

const exactLong = new ExactLongType();
const shortString = new ShortStringType();

/** Makes avsc use our own types where its own lose bits, believe corrupt lengths or are slow; pass it as `typeHook`. */
export function useSafeTypes(schema: Schema, options: unknown): Type | undefined {
  if (schema === 'long') return exactLong;
  if (schema === 'string') return shortString;
  if (isNullable(schema)) return new NullableType(schema, options);
  if (typeof schema !== 'object' || !('type' in schema)) return undefined;
  if (schema.type === 'long' && !('logicalType' in schema)) return exactLong;
  return schema.type === 'array' && 'items' in schema ? new GuardedArrayType(schema, options) : undefined;
}
