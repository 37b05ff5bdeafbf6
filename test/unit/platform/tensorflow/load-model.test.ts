import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { hashInputs } from '../../../../services/core/scoring/inputs-hash.ts';
import type { ModelInput, ModelManifest } from '../../../../services/core/scoring/model-manifest.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { artefactFiles } from '../../../../services/platform/tensorflow/artefact.ts';
import { useBackend } from '../../../../services/platform/tensorflow/backend.ts';
import type { GoldenVectors } from '../../../../services/platform/tensorflow/golden-vectors.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { adoptHashes, changeJson, copyShippedModel } from '../../../support/model-copy.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

async function refusal(dir: string): Promise<{ code: string; message: string }> {
  const error: unknown = await loadModel(dir).then(
    () => new Error('the model was loaded'),
    (cause: unknown) => cause,
  );
  const { code, message } = error as { code: string; message: string };
  return { code, message };
}

async function flipByte(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] ^= 0x40;
  await writeFile(path, bytes);
}

async function changeInputs(dir: string, change: (inputs: ModelInput[]) => ModelInput[]): Promise<void> {
  await changeJson<Writable<ModelManifest>>(dir, 'manifest.json', (manifest) => {
    manifest.inputs = change([...manifest.inputs]);
    manifest.baseline = manifest.baseline?.slice(0, manifest.inputs.length);
    manifest.hashes = { ...manifest.hashes, inputs: hashInputs(manifest, nodeDigest) };
  });
}

describe('loading a model directory', () => {
  beforeAll(() => useBackend('wasm'));

  it('gives a scorer that computes on the backend asked for', async () => {
    const scorer = await loadModel(await copyShippedModel());
    expect(scorer.backend).toBe('wasm');
    expect(scorer.predict(2, new Float32Array(2 * scorer.manifest.inputs.length))).toHaveLength(14);
    scorer.dispose();
  });

  it.each(Object.values(artefactFiles))('refuses a directory without %s', async (file) => {
    const dir = await copyShippedModel();
    await rm(join(dir, file));
    const { code, message } = await refusal(dir);
    expect(code).toBe('ERR_MODEL_MISSING');
    expect(message).toContain(file);
  });

  it('refuses a directory that does not exist, and says what to do', async () => {
    const { code, message } = await refusal('/nowhere/retention/1');
    expect(code).toBe('ERR_MODEL_MISSING');
    expect(message).toMatch(/\/nowhere\/retention\/1.*TIDEWATCH_MODEL_DIR/);
  });

  it.each(Object.values(artefactFiles))('refuses a half-written %s', async (file) => {
    const dir = await copyShippedModel();
    const { length } = await readFile(join(dir, file));
    await truncate(join(dir, file), Math.floor(length / 2));
    const { code, message } = await refusal(dir);
    expect(code).toBe('ERR_MODEL_MISMATCH');
    expect(message).toContain(file);
  });

  it.each([artefactFiles.model, artefactFiles.weights, artefactFiles.golden, artefactFiles.calibration])(
    'refuses a changed byte in %s',
    async (file) => {
      const dir = await copyShippedModel();
      await flipByte(join(dir, file), 200);
      expect(await refusal(dir)).toMatchObject({ code: 'ERR_MODEL_MISMATCH', message: expect.stringContaining(file) });
    },
  );

  it('refuses a changed weight whose hash was changed with it', async () => {
    const dir = await copyShippedModel();
    await flipByte(join(dir, artefactFiles.weights), 203);
    await adoptHashes(dir);
    expect(await refusal(dir)).toMatchObject({ code: 'ERR_MODEL_MISMATCH', message: expect.stringMatching(/golden/) });
  });

  it('refuses permuted inputs', async () => {
    const dir = await copyShippedModel();
    await changeJson<Writable<ModelManifest>>(dir, 'manifest.json', (manifest) => {
      manifest.inputs = manifest.inputs.toReversed();
    });
    expect(await refusal(dir)).toMatchObject({
      code: 'ERR_MODEL_MISMATCH',
      message: expect.stringMatching(/order, names or scaling/),
    });
  });

  it.each([
    ['permuted inputs', (inputs: ModelInput[]) => inputs.toReversed()],
    ['rescaled inputs', ([first, ...rest]: ModelInput[]) => [{ ...first, sd: first.sd * 1.5 }, ...rest]],
  ])('refuses %s whose hash was changed with them', async (_what, change) => {
    const dir = await copyShippedModel();
    await changeInputs(dir, change);
    expect(await refusal(dir)).toMatchObject({ code: 'ERR_MODEL_MISMATCH', message: expect.stringMatching(/golden/) });
  });

  it('refuses a manifest that names fewer inputs than the net has', async () => {
    const dir = await copyShippedModel();
    await changeInputs(dir, (inputs) => inputs.slice(1));
    const { message } = await refusal(dir);
    expect(message).toMatch(/the net has (\d+) inputs and 7 outputs, the manifest names (?!\1)\d+ and 7/);
  });

  it('refuses a model that reads a feature this process does not compute', async () => {
    const dir = await copyShippedModel();
    const known = featureNames.filter((name) => name !== 'recency_days');
    await expect(loadModel(dir, { featureNames: known })).rejects.toThrow(/unknown feature recency_days/);
  });

  it('serves a model whose features stand in another order now', async () => {
    const scorer = await loadModel(await copyShippedModel(), { featureNames: featureNames.toReversed() });
    scorer.dispose();
  });

  it('refuses golden vectors that cannot be encoded', async () => {
    const dir = await copyShippedModel();
    await changeJson<{ rows: (number | null)[][] }>(dir, 'golden.json', ({ rows }) => {
      rows[3][0] = null;
    });
    expect((await refusal(dir)).message).toMatch(/golden vector 3 cannot be encoded/);
  });

  it('refuses an empty list of golden vectors', async () => {
    const dir = await copyShippedModel();
    await changeJson<Writable<GoldenVectors>>(dir, 'golden.json', (golden) => {
      golden.rows = [];
      golden.outputs = [];
    });
    expect((await refusal(dir)).message).toMatch(/no vectors/);
  });

  it('refuses a topology that is none', async () => {
    const dir = await copyShippedModel();
    await changeJson<Record<string, unknown>>(dir, 'model.json', (model) => delete model['modelTopology']);
    expect((await refusal(dir)).message).toMatch(/do not make a layers model/);
  });

  it('leaves no tensor behind, neither after a refusal nor after dispose', async () => {
    const good = await copyShippedModel();
    const bad = await copyShippedModel();
    await changeInputs(bad, (inputs) => inputs.toReversed());
    const before = memory().numTensors;
    await refusal(bad);
    (await loadModel(good)).dispose();
    expect(memory().numTensors).toBe(before);
  });
});
