import type { Digest } from './ports/digest.ts';

/** 2^52: thirteen hex digits are exact in a double. */
const steps = 2 ** 52;

/** A number in [0, 1) that depends on the parts alone, uniform over different parts: a draw that nobody has to remember. */
export function shareOfHash(digest: Digest, parts: readonly (string | number)[]): number {
  return Number.parseInt(digest.sha256Hex(JSON.stringify(parts)).slice(0, 13), 16) / steps;
}
