import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { EngineError } from '../../core/errors.ts';
import type { Inflate } from './read-body.ts';

const inflaters = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

/** Decompresses in the thread pool and gives up as soon as the limit is passed: a bomb never unfolds. */
export const nodeInflate: Inflate = async (bytes, compression, limitBytes) => {
  try {
    return await inflaters[compression](bytes, { maxOutputLength: limitBytes });
  } catch (cause) {
    const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) {
      const message = `the body has more than ${limitBytes} bytes after decompression; send smaller batches`;
      throw new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
    }
    const message = `the body cannot be decompressed as ${compression}; check Content-Encoding and the sender`;
    throw new EngineError('ERR_ENCODING_INVALID', message, { retryable: false, cause });
  }
};
