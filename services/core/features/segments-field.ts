import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { CustomerState } from './customer-state.ts';
import { stateCorrupt } from './state-corrupt.ts';
import { stateFlags } from './state-format.ts';

/*
 * The last field of a packed state, from format 3 on: what is kept of the customer's segments, as a length and bytes that
 * `../segments/segment-memory.ts` explains. A flag says whether it is there.
 */

export function writeSegments(writer: ByteWriter, { segments }: CustomerState): void {
  if (segments !== null) writer.blob(segments);
}

export function readSegments(reader: ByteReader, format: number, flags: number): Buffer | null {
  if ((flags & stateFlags.segments) === 0) return null;
  if (format < 3) throw stateCorrupt('it has unknown flags');
  return reader.blob();
}
