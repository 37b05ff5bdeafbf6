import { EngineError } from '../../core/errors.ts';
import { ingestLimits } from '../ingest-limits.ts';

export type Compression = 'gzip' | 'deflate' | 'br';

/** Decompresses at most `limitBytes`; ERR_BODY_TOO_LARGE beyond, ERR_ENCODING_INVALID for broken bytes. */
export type Inflate = (bytes: Buffer, compression: Compression, limitBytes: number) => Promise<Buffer>;

const compressions: ReadonlyMap<string, Compression | null> = new Map([
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
]);

/**
 * The text of a request body. The content type is not asked: SDKs send gzip as a form (ingest speaks JSON only).
 * @param encoding the header Content-Encoding
 */
export async function readBody(bytes: Buffer, encoding: string | undefined, inflate: Inflate): Promise<string> {
  const compression = compressionOf(bytes, encoding);
  const plain = compression === null ? bytes : await inflate(bytes, compression, ingestLimits.bodyBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    throw encodingError('the body is not valid UTF-8; send JSON in UTF-8', cause);
  }
}

function compressionOf(bytes: Buffer, encoding = ''): Compression | null {
  const compression = compressions.get(encoding.trim().toLowerCase());
  if (compression === undefined) {
    throw encodingError('the body has a Content-Encoding that is not served; use gzip, deflate, br or none');
  }
  // No JSON text begins with these two bytes, and some clients forget the header.
  return compression === null && bytes[0] === 0x1f && bytes[1] === 0x8b ? 'gzip' : compression;
}

function encodingError(message: string, cause?: unknown): EngineError {
  return new EngineError('ERR_ENCODING_INVALID', message, { retryable: false, cause });
}
