import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { EngineError } from '../../core/errors.ts';
import type { Sealer } from '../../core/ports/sealer.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const noncesAtOnce = 256;

/**
 * AES-256-GCM with a random nonce per field.
 * @param keyId travels with the sealed fields, so that the key can be found again after a change of keys
 * @param key 32 bytes
 */
export function createAesSealer(keyId: string, key: Buffer): Sealer {
  if (key.length !== keyBytes) {
    throw new EngineError(
      'ERR_CONFIG_INVALID',
      `the key "${keyId}" has ${key.length} bytes and must have ${keyBytes}`,
      {
        retryable: false,
        context: { keyId },
      },
    );
  }
  const newNonce = createNonces();
  return {
    keyId,
    seal(plain, associatedData) {
      const nonce = newNonce();
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(associatedData, 'utf8'));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, associatedData) {
      if (sealed.length < nonceBytes + tagBytes) throw sealBroken(keyId, sealed.length);
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes))
        .setAAD(Buffer.from(associatedData, 'utf8'))
        .setAuthTag(sealed.subarray(sealed.length - tagBytes));
      try {
        const body = sealed.subarray(nonceBytes, sealed.length - tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]);
      } catch (cause) {
        throw sealBroken(keyId, sealed.length, cause);
      }
    },
  };
}

/** Draws many at once: asking for randomness costs more than the bytes. Each is given out once, to be used at once. */
function createNonces(): () => Buffer {
  const drawn = Buffer.alloc(nonceBytes * noncesAtOnce);
  let used = drawn.length;
  return () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    used += nonceBytes;
    return drawn.subarray(used - nonceBytes, used);
  };
}

function sealBroken(keyId: string, bytes: number, cause?: unknown): EngineError {
  const message =
    'a sealed field cannot be opened: its key, bytes or associated data do not fit together; check the key id';
  return new EngineError('ERR_RECORD_DECODE', message, { retryable: false, context: { keyId, bytes }, cause });
}
