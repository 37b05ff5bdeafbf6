import type { EngineError } from '../errors.ts';

/**
 * Bytes on a topic <-> domain values, by a registered schema. Encoding is synchronous and allocation-lean (hot path);
 * decoding first makes sure that every schema id in the batch is known.
 */
export interface RecordCodec<T> {
  encode(value: T): Buffer;
  /** The Avro body alone, without the five registry bytes: what a state keeps. */
  encodeBody(value: T): Buffer;
  /** Reads a body written by `encodeBody` of this same schema version. */
  decodeBody(body: Buffer): T;
  /** Puts the registry bytes before a body: `frame(encodeBody(x))` equals `encode(x)`. */
  frame(body: Buffer): Buffer;
  /**
   * One result per input, in order: the value, or ERR_RECORD_DECODE / ERR_SCHEMA_UNKNOWN for that record alone.
   * Rejects (retryable) when the registry cannot be reached for an id not seen before.
   */
  decode(values: readonly (Buffer | null)[]): Promise<readonly (T | EngineError)[]>;
}
