import avro from 'avsc';

interface Tap {
  readonly buf: Buffer;
  pos: number;
  writeString(text: string): void;
}

/** Up to here a loop beats the call into the runtime that writes a whole text. */
const loopLimit = 16;
/** The count of fewer bytes than this is a single byte, … */
const shortBytes = 64;
/** … and of fewer than this two. */
const mediumBytes = 8_192;

/**
 * A string as avsc writes it, byte for byte, with fewer steps for the short ones that records are made of: avsc asks
 * for the number of bytes first, then writes one byte at a time.
 */
export class ShortStringType extends avro.types.StringType {
  _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'string') throw new Error('not a string');
    if (value.length <= loopLimit) writeAscii(tap, value);
    else writeText(tap, value);
  }
}

function writeAscii(tap: Tap, text: string): void {
  const { buf, pos } = tap;
  const { length } = text;
  if (pos + length < buf.length) {
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        writeText(tap, text);
        return;
      }
      buf[pos + 1 + i] = code;
    }
    buf[pos] = length << 1;
  }
  tap.pos = pos + 1 + length;
}

function writeText(tap: Tap, text: string): void {
  const { buf, pos } = tap;
  const { length } = text;
  const start = pos + (length < shortBytes ? 1 : 2);
  const fits = length < mediumBytes && start + 3 * length < buf.length;
  // As many bytes as characters: it is ASCII. Anything else is left to avsc, whose bytes of a lone surrogate are its own.
  if (!fits || buf.write(text, start, 'utf8') !== length) {
    tap.writeString(text);
    return;
  }
  if (length < shortBytes) buf[pos] = length << 1;
  else {
    buf[pos] = ((length << 1) & 0x7f) | 0x80;
    buf[pos + 1] = length >>> 6;
  }
  tap.pos = start + length;
}
