const multiplier = 0x5bd1e995;
const seed = 0x9747b28c;

/**
 * The partition of a key: murmur2 as Kafka's own clients compute it, so that any producer agrees with us and topics
 * with equal partition counts are co-partitioned.
 * @param key text of the key, or its bytes (UTF-8)
 * @param partitions number of partitions, at least 1
 */
export function keyPartition(key: Uint8Array | string, partitions: number): number {
  const hash = typeof key === 'string' ? hashOfText(key) : murmur2(key, key.length);
  return (hash & 0x7fffffff) % partitions;
}

/** Most keys are surrogates: short and ASCII, whose bytes need no buffer of their own. */
const scratch = new Uint8Array(128);
const encoder = new TextEncoder();

function hashOfText(text: string): number {
  const { length } = text;
  if (length > scratch.length) return hashOfBytes(text);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return hashOfBytes(text);
    scratch[i] = code;
  }
  return murmur2(scratch, length);
}

function hashOfBytes(text: string): number {
  const bytes = encoder.encode(text);
  return murmur2(bytes, bytes.length);
}

function murmur2(data: Uint8Array, length: number): number {
  const whole = length & ~3;
  let hash = seed ^ length;
  for (let i = 0; i < whole; i += 4) {
    let word = data[i] | (data[i + 1] << 8) | (data[i + 2] << 16) | (data[i + 3] << 24);
    word = Math.imul(word, multiplier);
    word ^= word >>> 24;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  const rest = length - whole;
  if (rest === 3) hash ^= data[whole + 2] << 16;
  if (rest >= 2) hash ^= data[whole + 1] << 8;
  if (rest >= 1) hash = Math.imul(hash ^ data[whole], multiplier);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, multiplier);
  return hash ^ (hash >>> 15);
}
