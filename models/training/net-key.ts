import { getBackend } from '@tensorflow/tfjs-core';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { TrainingSet } from '../../services/platform/tensorflow/training-set.ts';

/**
 * Names everything that decides a net's weights: the rows as the net sees them, the rows or the epoch it stops by, the
 * options and the backend. Equal keys stand for equal nets.
 */
export function netKey(train: TrainingSet, validation: TrainingSet | null, options: object): string {
  const sets = [train, validation].map((set) => (set === null ? null : [hash(set.inputs), hash(set.targets)]));
  return nodeDigest.sha256Hex(JSON.stringify({ sets, options, backend: getBackend() }));
}

function hash({ buffer, byteOffset, byteLength }: Float32Array): string {
  return nodeDigest.sha256HexOfBytes(new Uint8Array(buffer, byteOffset, byteLength));
}
