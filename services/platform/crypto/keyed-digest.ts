import { hash } from 'node:crypto';

/** HMAC-SHA256 of the UTF-8 text, as lower-case hex. */
export type KeyedDigest = (text: string) => string;

const blockBytes = 64;
const digestBytes = 32;
const innerPad = 0x36;
const outerPad = 0x5c;
/** Of UTF-8, for one unit of UTF-16. */
const mostBytesPerUnit = 3;

/** One text at a time is put together here, behind the padded key. */
const scratch = Buffer.alloc(16 * 1024);
const byKey = new WeakMap<Buffer, KeyedDigest>();

/**
 * HMAC-SHA256 (RFC 2104) under one key, from two calls of a one-shot hash: an `Hmac` object of Node, made anew for each
 * text, takes longer than hashing a short text does.
 * @param key never changed afterwards
 */
export function keyedDigest(key: Buffer): KeyedDigest {
  let known = byKey.get(key);
  if (known === undefined) byKey.set(key, (known = createKeyedDigest(key)));
  return known;
}

function createKeyedDigest(key: Buffer): KeyedDigest {
  const block = Buffer.alloc(blockBytes);
  block.set(key.length > blockBytes ? hash('sha256', key, 'buffer') : key);
  const start = block.map((byte) => byte ^ innerPad);
  const outer = Buffer.concat([block.map((byte) => byte ^ outerPad)], blockBytes + digestBytes);

  return (text) => {
    outer.write(hash('sha256', innerMessage(start, text), 'binary'), blockBytes, 'binary');
    return hash('sha256', outer, 'hex');
  };
}

function innerMessage(start: Uint8Array, text: string): Buffer {
  if (text.length * mostBytesPerUnit > scratch.length - blockBytes) {
    return Buffer.concat([start, Buffer.from(text, 'utf8')]);
  }
  scratch.set(start);
  return scratch.subarray(0, blockBytes + scratch.write(text, blockBytes, 'utf8'));
}
