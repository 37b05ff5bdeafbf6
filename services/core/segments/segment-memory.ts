import type { Classifier } from './classifier.ts';
import { nameHash } from './name-hash.ts';

/*
 * What is kept of a customer's segments between two scores, so that a customer at a cut-off keeps their tier:
 *
 *     first 8 hex digits of the activation's id, 4 bytes
 *     per scheme and machine in which the customer has a place: hash of `kind/name/place`, 4 bytes little endian
 *
 * Names, not positions, are kept: a configuration whose schemes are reordered, added or taken away still finds what it
 * knows. A place that is not in the configuration any more is as good as none.
 */

export type SegmentMemory = Buffer;

export const activationBytes = 4;
const placeBytes = 4;

/** The places of a configuration by their hashes. */
export interface PlaceTable {
  /** By classifier, then by place. */
  readonly hashes: readonly (readonly number[])[];
  /** Hash to classifier * 65536 + place. */
  readonly found: ReadonlyMap<number, number>;
}

/** @throws RangeError when two places have one hash: one of the names has to be another */
export function placeTable(classifiers: readonly Pick<Classifier, 'kind' | 'name' | 'places'>[]): PlaceTable {
  const found = new Map<number, number>();
  const hashes = classifiers.map(({ kind, name, places }, index) =>
    places.map((place, at) => {
      const hash = nameHash(`${kind}/${name}/${place}`);
      if (found.has(hash))
        throw new RangeError(`the name ${name}.${place} cannot be told from another; choose another`);
      found.set(hash, index * 65_536 + at);
      return hash;
    }),
  );
  return { hashes, found };
}

/** Writes the place of each classifier into `places`, -1 where none is kept. */
export function recallPlaces(memory: SegmentMemory | null, { found }: PlaceTable, places: Int32Array): void {
  places.fill(-1);
  if (memory === null) return;
  for (let at = activationBytes; at + placeBytes <= memory.length; at += placeBytes) {
    const packed = found.get(memory.readInt32LE(at));
    if (packed !== undefined) places[packed >>> 16] = packed & 0xffff;
  }
}

/** Whether the memory was written under the activation. */
export function isOfActivation(memory: SegmentMemory, activationMark: number): boolean {
  return memory.length >= activationBytes && memory.readInt32LE(0) === activationMark;
}

/** The first digits of an activation's id, as one signed number. */
export function activationMark(activationId: string): number {
  return Number.parseInt(activationId.slice(0, 2 * activationBytes), 16) | 0;
}

export function rememberPlaces(mark: number, { hashes }: PlaceTable, places: Int32Array): SegmentMemory {
  let count = 0;
  for (const place of places) if (place >= 0) count += 1;
  const memory = Buffer.allocUnsafe(activationBytes + count * placeBytes);
  let at = memory.writeInt32LE(mark, 0);
  for (let i = 0; i < places.length; i++) if (places[i] >= 0) at = memory.writeInt32LE(hashes[i][places[i]], at);
  return memory;
}
