import { createHash } from 'node:crypto';

/** Fold of a customer from 0 to `folds` - 1, by the MD5 of its id: the same in every run and on every machine. */
export function foldOf(id: string, folds: number): number {
  return createHash('md5').update(id).digest().readUInt32BE(0) % folds;
}
