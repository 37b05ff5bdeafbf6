import type { Type } from 'avsc';
import { EngineError } from '../../core/errors.ts';
import { createByteBlocks } from './byte-blocks.ts';
import { headerBytes, writeHeader } from './wire-format.ts';

export interface BodyWriter<T> {
  encode(value: T): Buffer;
  encodeBody(value: T): Buffer;
  frame(body: Buffer): Buffer;
}

/** Framed values live until they are sent, so many of them share a block. */
const frameBlockBytes = 64 * 1024;
/** Bodies are kept for long, and one of them keeps its whole block: only a few share one. */
const bodyBlockBytes = 2 * 1024;

/** Encodes into blocks of memory that are never written again where something was handed out. */
export function createBodyWriter<T>(type: Type, schemaId: number): BodyWriter<T> {
  const frames = createByteBlocks(frameBlockBytes);
  const bodies = createByteBlocks(bodyBlockBytes);
  let scratch = Buffer.allocUnsafeSlow(16 * 1024);

  return {
    encode(value) {
      for (let room = headerBytes; ;) {
        const { block, at } = frames.reserve(room);
        const end = encodeInto(type, value, block, at + headerBytes);
        if (end >= 0) {
          writeHeader(block, at, schemaId);
          return frames.take(end - at);
        }
        room = block.length - at - end;
      }
    },
    encodeBody(value) {
      for (;;) {
        const end = encodeInto(type, value, scratch, 0);
        if (end >= 0) return bodies.copyOf(scratch, end);
        scratch = Buffer.allocUnsafeSlow(2 * scratch.length - end);
      }
    },
    frame(body) {
      const { block, at } = frames.reserve(headerBytes + body.length);
      writeHeader(block, at, schemaId);
      block.set(body, at + headerBytes);
      return frames.take(headerBytes + body.length);
    },
  };
}

/** @returns the offset after the body; negative by as many bytes as the buffer is too short */
function encodeInto(type: Type, value: unknown, buffer: Buffer, at: number): number {
  try {
    return type.encode(value, buffer, at);
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
