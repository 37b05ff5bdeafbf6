import type { Resolver, Type } from 'avsc';
import { EngineError } from '../../core/errors.ts';

/** Reads a body that begins at `from` and ends with the buffer; throws ERR_RECORD_DECODE. */
export type BodyReader<T> = (buffer: Buffer, from: number) => T;

/**
 * A reader of bodies written by `writer`, as values of `reader`. The resolver between the two is built once, here.
 * Throws where no record of `writer` can ever be read as `reader`.
 */
export function createBodyReader<T>(reader: Type, writer: Type): BodyReader<T> {
  const resolver = reader.equals(writer) ? undefined : reader.createResolver(writer);
  return (buffer, from) => readBody(reader, buffer, from, resolver) as T;
}

function readBody(type: Type, buffer: Buffer, from: number, resolver: Resolver | undefined): unknown {
  let decoded: { value: unknown; offset: number };
  try {
    decoded = type.decode(buffer, from, resolver);
  } catch (cause) {
    throw decodeError(type, cause instanceof Error ? cause.message : 'unreadable bytes');
  }
  if (decoded.offset < 0) throw decodeError(type, 'the bytes end too early');
  if (decoded.offset !== buffer.length)
    throw decodeError(type, `${buffer.length - decoded.offset} bytes are left over`);
  return decoded.value;
}

function decodeError(type: Type, reason: string): EngineError {
  return new EngineError('ERR_RECORD_DECODE', `The bytes are not a ${type.name}: ${reason}.`, {
    retryable: false,
    context: { schema: type.name ?? null },
  });
}
