import type { TrainingSet } from '../../../services/platform/tensorflow/training-set.ts';

/** Rows of several sets of equal width, one set after the other. */
export function concatSets(sets: readonly TrainingSet[]): TrainingSet {
  return {
    rows: sets.reduce((sum, { rows }) => sum + rows, 0),
    inputs: concat(sets.map(({ inputs }) => inputs)),
    targets: concat(sets.map(({ targets }) => targets)),
  };
}

function concat(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
