import { hash } from 'node:crypto';
import type { Digest } from '../../core/ports/digest.ts';
import { keyedDigest } from './keyed-digest.ts';

/** SHA-256 and HMAC-SHA256 of Node's own OpenSSL. */
export const nodeDigest: Digest = {
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  sha256HexOfBytes: (bytes) => hash('sha256', bytes, 'hex'),
  hmacHex: (key, text) => keyedDigest(key)(text),
};
