/*
 * Signed numbers as Kafka's records hold them: zig-zag, seven bits per byte, lowest first.
 */

const smallLimit = 2 ** 30;

/** How many bytes `writeVarint` takes for a safe integer below 2^52. */
export function varintBytes(value: number): number {
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  let bytes = 1;
  for (; rest >= 128; bytes++) rest = Math.floor(rest / 128);
  return bytes;
}

/** Writes a safe integer below 2^52. @returns the offset after it */
export function writeVarint(target: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value < 0 ? -value * 2 - 1 : value * 2;
  for (; rest >= smallLimit; rest = Math.floor(rest / 128)) target[at++] = (rest % 128) | 128;
  for (; rest >= 128; rest >>>= 7) target[at++] = (rest & 127) | 128;
  target[at++] = rest;
  return at;
}
