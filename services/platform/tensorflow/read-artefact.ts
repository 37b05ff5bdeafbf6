import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalibration } from '../../core/scoring/parse-calibration.ts';
import { parseManifest } from '../../core/scoring/parse-manifest.ts';
import type { Calibration, ModelManifest } from '../../core/scoring/model-manifest.ts';
import { nodeDigest } from '../crypto/node-digest.ts';
import { artefactFiles, type Artefact } from './artefact.ts';
import type { GoldenVectors } from './golden-vectors.ts';
import { modelMismatch } from './model-mismatch.ts';
import { EngineError } from '../../core/errors.ts';

/**
 * Reads a model directory without starting TensorFlow.js and checks that its files belong together.
 * @throws ERR_MODEL_MISSING when the directory or a file is missing, ERR_MODEL_MISMATCH when a file is half written or
 * is not the one the manifest was made with
 */
export async function readArtefact(dir: string): Promise<Artefact> {
  const manifestBytes = await readModelFile(dir, artefactFiles.manifest);
  const manifest = toManifest(dir, parseJson(dir, artefactFiles.manifest, manifestBytes));
  const { hashes } = manifest;
  const model = await readHashed(dir, artefactFiles.model, hashes.model);
  const weights = await readHashed(dir, artefactFiles.weights, hashes.weights);
  const golden = await readHashed(dir, artefactFiles.golden, hashes.golden);
  const calibration = await readHashed(dir, artefactFiles.calibration, hashes.calibration);
  return {
    dir,
    manifest: { ...manifest, calibration: toCalibration(dir, parseJson(dir, artefactFiles.calibration, calibration)) },
    manifestHash: nodeDigest.sha256HexOfBytes(manifestBytes),
    topology: parseJson(dir, artefactFiles.model, model),
    weights,
    golden: toGolden(dir, parseJson(dir, artefactFiles.golden, golden)),
  };
}

async function readModelFile(dir: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(dir, file));
  } catch (cause) {
    throw new EngineError(
      'ERR_MODEL_MISSING',
      `The model directory ${dir} has no readable ${file}; point TIDEWATCH_MODEL_DIR at a complete model or train one with "tidewatch train".`,
      { retryable: false, context: { dir, file }, cause },
    );
  }
}

async function readHashed(dir: string, file: string, expected: string): Promise<Buffer> {
  const bytes = await readModelFile(dir, file);
  if (nodeDigest.sha256HexOfBytes(bytes) !== expected) {
    throw modelMismatch(dir, `${file} is not the file the manifest was made with (its hash differs)`);
  }
  return bytes;
}

function parseJson(dir: string, file: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw modelMismatch(dir, `${file} is not complete JSON`, cause);
  }
}

function toCalibration(dir: string, json: unknown): Calibration {
  const parsed = parseCalibration(json);
  if (Array.isArray(parsed)) throw modelMismatch(dir, parsed.join('; '));
  return parsed;
}

function toManifest(dir: string, json: unknown): ModelManifest {
  const parsed = parseManifest(json);
  if (Array.isArray(parsed)) throw modelMismatch(dir, parsed.join('; '));
  return parsed;
}

function toGolden(dir: string, json: unknown): GoldenVectors {
  const golden = json as Partial<GoldenVectors> | null;
  if (!Array.isArray(golden?.features) || !Array.isArray(golden.rows) || !Array.isArray(golden.outputs)) {
    throw modelMismatch(dir, 'golden.json lacks features, rows or outputs');
  }
  if (golden.rows.length === 0 || golden.rows.length !== golden.outputs.length) {
    throw modelMismatch(dir, 'golden.json has no vectors, or not one output per vector');
  }
  return golden as GoldenVectors;
}
