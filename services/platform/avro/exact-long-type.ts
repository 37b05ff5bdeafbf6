import avro from 'avsc';

interface Tap {
  readonly buf: Buffer;
  pos: number;
  writeLong(value: number): void;
}

type ErrorHook = ((value: unknown, type: unknown) => void) | undefined;

const twoTo27 = 2 ** 27;
const smallLimit = 2 ** 30;

/**
 * A 64-bit whole number that is exact over the whole range of safe integers and an error beyond it. avsc calculates with
 * twice the value, so below -2^52 it loses the lowest bit, which holds the sign: -9007199254740990 came back positive.
 */
export class ExactLongType extends avro.types.LongType {
  _check(value: unknown, _flags: unknown, hook: ErrorHook): boolean {
    const isExact = Number.isSafeInteger(value);
    if (!isExact && hook) hook(value, this);
    return isExact;
  }

  _read(tap: Tap): number {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = tap.buf[tap.pos++] ?? 0;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (low >>> 1) ^ -(low & 1);
    }
    return readWide(tap, low);
  }

  _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Error('not a whole number below 2^53');
    if (value >= -smallLimit && value < smallLimit) tap.writeLong(value);
    else writeWide(tap, value);
  }
}

/** Reads what follows the lowest 28 bits: at most six more groups of seven. */
function readWide(tap: Tap, low: number): number {
  let magnitude = low >>> 1;
  let unit = twoTo27;
  let byte = 0x80;
  for (let groups = 0; byte >= 0x80 && groups < 6; groups++, unit *= 128) {
    byte = tap.buf[tap.pos++] ?? 0;
    magnitude += (byte & 0x7f) * unit;
  }
  const value = (low & 1) === 0 ? magnitude : -magnitude - 1;
  if (byte >= 0x80 || !Number.isSafeInteger(value)) throw new Error('a whole number beyond 2^53');
  return value;
}

/** Writes a number of more than 28 bits: these first, with the sign as the lowest, then the rest. */
function writeWide(tap: Tap, value: number): void {
  const magnitude = value >= 0 ? value : -value - 1;
  let low = (magnitude % twoTo27) * 2 + (value >= 0 ? 0 : 1);
  for (let i = 0; i < 4; i++, low >>>= 7) tap.buf[tap.pos++] = (low & 0x7f) | 0x80;
  let rest = Math.floor(magnitude / twoTo27);
  for (; rest >= 0x80; rest >>>= 7) tap.buf[tap.pos++] = (rest & 0x7f) | 0x80;
  tap.buf[tap.pos++] = rest;
}
