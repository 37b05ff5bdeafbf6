import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashInputs } from '../../../services/core/scoring/inputs-hash.ts';
import type { Calibration, ModelManifest } from '../../../services/core/scoring/model-manifest.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { replaceFile } from '../../../services/platform/runtime/replace-file.ts';
import { artefactFiles } from '../../../services/platform/tensorflow/artefact.ts';
import type { GoldenVectors } from '../../../services/platform/tensorflow/golden-vectors.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import { saveModel } from '../../../services/platform/tensorflow/save-model.ts';

/** All of a model directory. */
export interface ModelContent {
  readonly nets: readonly NetworkWeights[];
  readonly golden: GoldenVectors;
  readonly calibration: Calibration;
  readonly manifest: Omit<ModelManifest, 'calibration' | 'hashes'>;
  readonly card: string;
}

/** Writes a model directory, the manifest last: a reader meets either none or one whose hashes fit. */
export async function writeModelFiles(dir: string, content: ModelContent): Promise<void> {
  const { manifest } = content;
  const { model, weights } = await saveModel(content.nets);
  const golden = Buffer.from(`${JSON.stringify(content.golden)}\n`);
  const calibration = Buffer.from(`${JSON.stringify(content.calibration, null, 2)}\n`);
  const hashes: ModelManifest['hashes'] = {
    inputs: hashInputs(manifest, nodeDigest),
    model: nodeDigest.sha256HexOfBytes(model),
    weights: nodeDigest.sha256HexOfBytes(weights),
    golden: nodeDigest.sha256HexOfBytes(golden),
    calibration: nodeDigest.sha256HexOfBytes(calibration),
  };
  await mkdir(dir, { recursive: true });
  // the record and the report of a model that stood here before say nothing of this one
  for (const stale of [artefactFiles.manifest, 'promotion.json', 'report.html'])
    await rm(join(dir, stale), { force: true });
  await replaceFile(join(dir, artefactFiles.model), model);
  await replaceFile(join(dir, artefactFiles.weights), weights);
  await replaceFile(join(dir, artefactFiles.golden), golden);
  await replaceFile(join(dir, artefactFiles.calibration), calibration);
  await replaceFile(join(dir, 'README.md'), Buffer.from(content.card));
  const bytes = Buffer.from(`${JSON.stringify({ ...manifest, hashes }, null, 2)}\n`);
  await replaceFile(join(dir, artefactFiles.manifest), bytes);
}
