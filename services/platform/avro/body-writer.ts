import type { Type } from 'avsc';
import { EngineError } from '../../core/errors.ts';
import { headerBytes, writeHeader } from './wire-format.ts';

export interface BodyWriter<T> {
  encode(value: T): Buffer;
  encodeBody(value: T): Buffer;
  frame(body: Buffer): Buffer;
}

const initialBytes = 16 * 1024;

/** Encodes through one buffer that is used again and again; what is handed out is a copy of its own. */
export function createBodyWriter<T>(type: Type, schemaId: number): BodyWriter<T> {
  let scratch = newScratch(initialBytes);

  function newScratch(bytes: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    writeHeader(buffer, schemaId);
    return buffer;
  }

  /** @returns the end of the body, which begins after the header */
  function write(value: T): number {
    for (;;) {
      const end = encodeInto(type, value, scratch);
      if (end >= 0) return end;
      scratch = newScratch(2 * scratch.length - end);
    }
  }

  return {
    encode(value) {
      const end = write(value);
      const framed = Buffer.allocUnsafe(end);
      scratch.copy(framed, 0, 0, end);
      return framed;
    },
    encodeBody(value) {
      const end = write(value);
      // Bodies are kept for long; a slice of the shared pool would keep its neighbours alive too.
      const body = Buffer.allocUnsafeSlow(end - headerBytes);
      scratch.copy(body, 0, headerBytes, end);
      return body;
    },
    frame(body) {
      const framed = Buffer.allocUnsafe(headerBytes + body.length);
      writeHeader(framed, schemaId);
      body.copy(framed, headerBytes);
      return framed;
    },
  };
}

function encodeInto(type: Type, value: unknown, buffer: Buffer): number {
  try {
    return type.encode(value, buffer, headerBytes);
  } catch (cause) {
    throw new EngineError(
      'ERR_RECORD_ENCODE',
      `A value does not fit ${type.name} at ${misfits(type, value)}; mend it where it is made. Nothing was written.`,
      { retryable: false, context: { schema: type.name ?? null }, cause: withoutValue(cause) },
    );
  }
}

/** Names of the fields that do not fit; never their values. */
function misfits(type: Type, value: unknown): string {
  const paths: string[] = [];
  type.isValid(value, { errorHook: (path) => paths.push(path.join('.')) });
  return paths.length === 0 ? 'an unknown field' : paths.slice(0, 5).join(', ');
}

/** avsc quotes the value in its message, which may be personal. */
function withoutValue(cause: unknown): Error {
  return new Error(cause instanceof Error ? cause.message.replace(/: .*$/s, '') : 'encoding failed');
}
