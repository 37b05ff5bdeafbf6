import type { ModelManifest } from '../../core/scoring/model-manifest.ts';
import type { GoldenVectors } from './golden-vectors.ts';

/** File names in `models/<name>/<version>/`. */
export const artefactFiles = {
  model: 'model.json',
  weights: 'weights.bin',
  golden: 'golden.json',
  calibration: 'calibration.json',
  manifest: 'manifest.json',
} as const;

/** A model directory, read and checked against its own hashes. */
export interface Artefact {
  readonly dir: string;
  readonly manifest: ModelManifest;
  /** SHA-256 of manifest.json; it covers the hashes of all other files, so it identifies the model. */
  readonly manifestHash: string;
  readonly topology: unknown;
  readonly weights: Buffer;
  readonly golden: GoldenVectors;
}
