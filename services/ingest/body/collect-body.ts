import type { Readable } from 'node:stream';
import { EngineError } from '../../core/errors.ts';

/**
 * The bytes of a request, as they come.
 * @param hasRoom asked after each piece whether so many bytes may be held
 * @returns null where there is no room; what still comes is not read
 * @throws ERR_BODY_TOO_LARGE over `limitBytes`; the stream's own fault where it breaks off
 */
export function collectBody(
  stream: Readable,
  { limitBytes, hasRoom }: { readonly limitBytes: number; readonly hasRoom: (bytes: number) => boolean },
): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
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
    stream.on('data', take).on('end', finish).on('error', fail);
  });
}

/** @param limitBytes of a request as it is sent */
export function tooLarge(limitBytes: number): EngineError {
  const message = `the body has more than ${limitBytes} bytes; send smaller batches`;
  return new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
}
