import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface ByteSource {
  /** Unpacked where the file's name ends in .gz. */
  readonly bytes: Readable;
  /** Bytes of the file itself that were read. */
  readonly read: () => number;
}

/** Opens a file to be read once, from its beginning. */
export function openBytes(file: string): ByteSource {
  const source = createReadStream(file);
  const read = () => source.bytesRead;
  if (!file.endsWith('.gz')) return { bytes: source, read };
  const unpacked = createGunzip();
  // The reader of the unpacked bytes is told: the pipeline destroys it with the fault.
  pipeline(source, unpacked, () => undefined);
  return { bytes: unpacked, read };
}
