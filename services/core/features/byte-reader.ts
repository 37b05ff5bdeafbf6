import { stateCorrupt } from './state-corrupt.ts';

/** Reads what ByteWriter wrote. Any byte too few, too many or out of place is ERR_STATE_CORRUPT. */
export class ByteReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw stateCorrupt('it ends too early');
    return value;
  }

  unsigned(): number {
    let next = this.byte();
    let value = next & 127;
    let scale = 128;
    while (next > 127) {
      next = this.byte();
      value += (next & 127) * scale;
      scale *= 128;
      if (next === 0) throw stateCorrupt('a number is written too long');
      if (scale > 2 ** 56 || value > Number.MAX_SAFE_INTEGER) throw stateCorrupt('a number is too large');
    }
    return value;
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Number of elements that follow, each at least `elementBytes` long: a wrong count is found before any is read. */
  count(elementBytes: number): number {
    const count = this.unsigned();
    if (count * elementBytes > this.bytes.length - this.at) throw stateCorrupt('a count is larger than what follows');
    return count;
  }

  double(): number {
    return this.bytes.readDoubleLE(this.take(8));
  }

  bits52(): number {
    const start = this.take(7);
    const { bytes } = this;
    const low = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24);
    const high = bytes[start + 4] | (bytes[start + 5] << 8) | (bytes[start + 6] << 16);
    const value = (low >>> 0) + high * 0x100000000;
    if (value >= 2 ** 52) throw stateCorrupt('a hash is no 52-bit number');
    return value;
  }

  /** A copy: the bytes read from may belong to a larger network buffer. */
  blob(): Buffer {
    const length = this.unsigned();
    const start = this.take(length);
    const result = Buffer.allocUnsafe(length);
    this.bytes.copy(result, 0, start, start + length);
    return result;
  }

  hex(byteLength: number): string {
    const start = this.take(byteLength);
    return this.bytes.toString('hex', start, start + byteLength);
  }

  expectEnd(): void {
    if (this.at !== this.bytes.length) throw stateCorrupt('bytes follow its end');
  }

  private take(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw stateCorrupt('it ends too early');
    this.at += length;
    return start;
  }
}
