import { describe, expect, it } from 'vitest';
import {
  activationFromManifest,
  activationJson,
  identifyActivation,
} from '../../../../services/core/scoring/activation.ts';
import { carryCutoffs } from '../../../../services/core/scoring/carry-cutoffs.ts';
import type { ModelManifest } from '../../../../services/core/scoring/model-manifest.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';

const manifest = {
  name: 'retention',
  version: '1',
  levelCutoffs: [
    { level: 'watch', enter: 0.5, exit: 0.45 },
    { level: 'high', enter: 0.7, exit: 0.65 },
  ],
} as unknown as ModelManifest;

const source = { manifest, manifestHash: 'ab'.repeat(32), backend: 'wasm', segments: '1+00112233' };

describe('the activation of a model', () => {
  it('takes model, hash, backend and cut-offs, and has no candidate', () => {
    expect(activationFromManifest(source, nodeDigest)).toMatchObject({
      stableModel: 'retention/1',
      stableModelHash: 'ab'.repeat(32),
      candidateModel: null,
      candidateShare: 0,
      backend: 'wasm',
      levelCutoffs: manifest.levelCutoffs,
    });
  });

  it('has an id of 32 hex digits that depends on the content alone', () => {
    const first = activationFromManifest(source, nodeDigest);
    const again = activationFromManifest(structuredClone(source), nodeDigest);
    expect(first.activationId).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toEqual(first);
  });

  it.each([
    ['the manifest', { ...source, manifestHash: 'cd'.repeat(32) }],
    ['the version', { ...source, manifest: { ...manifest, version: '2' } }],
    ['the backend', { ...source, backend: 'cpu' }],
    ['the segment configuration', { ...source, segments: '2+00112233' }],
    ['a cut-off of a segment', { ...source, tierCutoffs: [{ scheme: 'retail5', tier: 'much', cutoff: 5 }] }],
    ['a cut-off', { ...source, manifest: { ...manifest, levelCutoffs: [{ level: 'watch', enter: 0.5, exit: 0.4 }] } }],
  ])('gets another id with another %s', (_what, changed) => {
    const { activationId } = activationFromManifest(source, nodeDigest);
    expect(activationFromManifest(changed, nodeDigest).activationId).not.toBe(activationId);
  });

  it('without segments has the id it had before there were any', () => {
    const made = activationFromManifest({ ...source, segments: null }, nodeDigest);
    const { segments: _, activationId, ...before } = made;
    const text = JSON.stringify({ activationId: '', ...before });
    expect(activationId).toBe(nodeDigest.sha256Hex(text).slice(0, 32));
  });

  it('keeps the cut-offs of segments that are in force, unless it brings its own', () => {
    const tierCutoffs = [{ scheme: 'retail5', tier: 'much', cutoff: 5 }];
    const inForce = activationFromManifest({ ...source, tierCutoffs }, nodeDigest);
    const newer = { ...source, manifest: { ...manifest, version: '2' } };
    const wanted = activationFromManifest(newer, nodeDigest);
    expect(carryCutoffs(wanted, inForce, nodeDigest)).toEqual(
      activationFromManifest({ ...newer, tierCutoffs }, nodeDigest),
    );
    expect(carryCutoffs(wanted, null, nodeDigest)).toBe(wanted);
    const own = activationFromManifest({ ...newer, tierCutoffs: [{ ...tierCutoffs[0], cutoff: 6 }] }, nodeDigest);
    expect(carryCutoffs(own, inForce, nodeDigest)).toBe(own);
  });

  it('reads the same from its canonical text, whatever the order of the fields', () => {
    const activation = activationFromManifest(source, nodeDigest);
    const shuffled = Object.fromEntries(Object.entries(activation).reverse()) as unknown as typeof activation;
    expect(activationJson(shuffled)).toBe(activationJson(activation));
    expect(JSON.parse(activationJson(activation))).toEqual(activation);
    expect(identifyActivation(shuffled, nodeDigest).activationId).toBe(activation.activationId);
  });
});
