import type { Readable } from 'node:stream';
import { EngineError } from '../../core/errors.ts';
import { watchPace, type Pace } from './watch-pace.ts';

export interface CollectOptions {
  readonly limitBytes: number;
  /** Asked after each piece whether so many bytes may be held. */
  readonly hasRoom: (bytes: number) => boolean;
  /** How fast the bytes must come; as slowly as they like where absent. */
  readonly pace?: Pace;
}

/**
 * The bytes of a request, as they come.
 * @returns null where there is no room; what still comes is not read
 * @throws ERR_BODY_TOO_LARGE over `limitBytes`; a fault with status 408 under `pace`; the stream's own where it breaks off
 */
export function collectBody(stream: Readable, { limitBytes, hasRoom, pace }: CollectOptions): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      unwatch();
      stream.off('data', take).off('end', finish).off('error', fail);
      settle();
    };
    const take = (piece: Buffer): void => {
      size += piece.length;
      pieces.push(piece);
      if (size > limitBytes) end(() => reject(tooLarge(limitBytes)));
      else if (!hasRoom(size)) end(() => resolve(null));
    };
    const finish = (): void => end(() => resolve(Buffer.concat(pieces, size)));
    const fail = (error: Error): void => end(() => reject(Object.assign(error, { statusCode: 400 })));
    const slow = (): void => end(() => reject(tooSlow()));
    const unwatch = pace === undefined ? () => undefined : watchPace(pace, { size: () => size, slow });
    stream.on('data', take).on('end', finish).on('error', fail);
  });
}

function tooSlow(): Error {
  const message = 'The body came too slowly; who shows a write key in a header is not hurried.';
  return Object.assign(new Error(message), { statusCode: 408 });
}

/** @param limitBytes of a request as it is sent */
export function tooLarge(limitBytes: number): EngineError {
  const message = `the body has more than ${limitBytes} bytes; send smaller batches`;
  return new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
}
