import { createHash } from 'node:crypto';

/** First 32 bits of the MD5 of `key`: a spread that any tool can repeat, not a secret. */
export function hashKey(key: string): number {
  return createHash('md5').update(key).digest().readUInt32BE(0);
}

/** Fold of each row: `hashKey(key) mod folds`, so equal keys never stand in two folds. */
export function foldByKey(keys: readonly string[], folds: number): Uint8Array {
  return Uint8Array.from(keys, (key) => hashKey(key) % folds);
}

/**
 * Folds of equal size and equal share of both labels, as far as rows of equal key, which stay together, allow it.
 * @param labels 1 or 0 per row; a key counts by the label of its first row
 */
export function dealFolds(keys: readonly string[], labels: Uint8Array, folds: number): Uint8Array {
  const groups = new Map<string, { readonly hash: number; readonly label: number }>();
  keys.forEach((key, row) => {
    if (!groups.has(key)) groups.set(key, { hash: hashKey(`inner:${key}`), label: labels[row] });
  });
  const ordered = [...groups].sort(
    ([keyA, a], [keyB, b]) => b.label - a.label || a.hash - b.hash || (keyA < keyB ? -1 : 1),
  );
  const foldOf = new Map(ordered.map(([key], i) => [key, i % folds]));
  return Uint8Array.from(keys, (key) => foldOf.get(key) ?? 0);
}
