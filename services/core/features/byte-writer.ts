import { stateCorrupt } from './state-corrupt.ts';

/**
 * Writes packed values, one value after the other into blocks of memory. What `finish` gives is a part of a block and
 * is never written again; whoever keeps it for long keeps the block, and should keep a copy.
 */
export class ByteWriter {
  private readonly blockBytes: number;
  private bytes: Buffer;
  private start = 0;
  private at = 0;

  constructor(blockBytes: number) {
    this.blockBytes = blockBytes;
    this.bytes = Buffer.allocUnsafeSlow(blockBytes);
  }

  /** Forgets what was written since the last `finish`, for instance by a call that ended in a fault. */
  restart(): void {
    this.at = this.start;
  }

  /** What was written since the last `finish`. */
  finish(): Buffer {
    const result = this.bytes.subarray(this.start, this.at);
    this.start = this.at;
    return result;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  /** A non-negative safe integer, seven bits per byte, lowest first. */
  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw stateCorrupt('a number is no safe non-negative integer');
    this.reserve(8);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.bytes[this.at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  /** An integer of either sign, zig-zag: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  double(value: number): void {
    this.reserve(8);
    this.at = this.bytes.writeDoubleLE(value, this.at);
  }

  /** A non-negative integer below 2^52, in seven bytes. */
  bits52(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** 52) throw stateCorrupt('a hash is no 52-bit number');
    this.reserve(7);
    const low = value >>> 0; // modulo 2^32
    const high = (value - low) / 0x100000000;
    const { bytes, at } = this;
    bytes[at] = low;
    bytes[at + 1] = low >>> 8;
    bytes[at + 2] = low >>> 16;
    bytes[at + 3] = low >>> 24;
    bytes[at + 4] = high;
    bytes[at + 5] = high >>> 8;
    bytes[at + 6] = high >>> 16;
    this.at = at + 7;
  }

  blob(value: Buffer): void {
    this.unsigned(value.length);
    this.reserve(value.length);
    this.at += value.copy(this.bytes, this.at);
  }

  /** Lower-case hex digits as half as many bytes, without a length. */
  hex(value: string): void {
    if (!/^(?:[0-9a-f]{2})*$/.test(value)) throw stateCorrupt('an id is not made of hex digits');
    this.reserve(value.length / 2);
    this.at += this.bytes.write(value, this.at, 'hex');
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const written = this.at - this.start;
    const block = Buffer.allocUnsafeSlow(Math.max(this.blockBytes, (written + count) * 2));
    this.bytes.copy(block, 0, this.start, this.at);
    this.bytes = block;
    this.start = 0;
    this.at = written;
  }
}
