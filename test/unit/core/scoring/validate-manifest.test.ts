import { describe, expect, it } from 'vitest';
import type { ClosedFormParameters } from '../../../../services/core/btyd/closed-form.ts';
import type { ModelManifest } from '../../../../services/core/scoring/model-manifest.ts';
import { parseManifest } from '../../../../services/core/scoring/parse-manifest.ts';
import { validateManifest } from '../../../../services/core/scoring/validate-manifest.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aManifest, anInput } from '../../../support/a-manifest.ts';

const checks = { featureNames: ['spend', 'orders'], digest: nodeDigest };
const two = [anInput(), anInput({ name: 'orders', feature: 'orders' })];

function problems(overrides: Partial<ModelManifest>): string {
  return validateManifest(aManifest(overrides), checks).join('; ');
}

describe('validating a manifest', () => {
  it('finds nothing wrong with a good one', () => {
    expect(problems({ inputs: two })).toBe('');
  });

  it('refuses permuted inputs', () => {
    const trained = aManifest({ inputs: two });
    expect(problems({ inputs: two.toReversed(), hashes: trained.hashes })).toMatch(/hashes.inputs/);
  });

  it.each([
    { mean: 0.1 },
    { sd: 2 },
    { clip: 5 },
    { transform: 'log1p' as const },
    { name: 'money' },
    { unit: 3 },
    { scale: 'rhythm' as const },
  ])('refuses an input that was changed after training: %o', (change) => {
    const { hashes } = aManifest();
    expect(problems({ inputs: [anInput(change)], hashes })).toMatch(/hashes.inputs/);
  });

  it.each([
    ['an unknown feature', { inputs: [anInput({ feature: 'mood' })] }, /unknown feature mood/],
    ['an input listed twice', { inputs: [anInput(), anInput()] }, /spend is listed twice/],
    ['no inputs', { inputs: [] }, /inputs is empty/],
    ['a scale of zero', { inputs: [anInput({ sd: 0 })] }, /sd above 0/],
    ['a mean that is no number', { inputs: [anInput({ mean: NaN })] }, /finite mean/],
    ['a unit of zero', { inputs: [anInput({ unit: 0 })] }, /finite unit above 0/],
    ['an unknown scale', { inputs: [anInput({ scale: 'mood' as 'rhythm' })] }, /unknown scale mood/],
    ['an unknown transform', { inputs: [anInput({ transform: 'cube' as 'log1p' })] }, /unknown transform cube/],
    ['other outputs', { outputs: ['churn90'] }, /outputs are churn90/],
    [
      'a closed form of an unknown model',
      { closedForm: withClosedForm({ model: 'nbd' as 'bg-nbd' }) },
      /unknown model nbd/,
    ],
    [
      'a closed form without its parameters',
      { closedForm: withClosedForm({ purchases: {} as never }) },
      /lacks r, alpha, a, b/,
    ],
    ['a baseline of another width', { baseline: [0, 0] }, /baseline has 2 values for 1 inputs/],
    ['a baseline that is no number', { baseline: [NaN] }, /baseline has a value that is not finite/],
    ['another format', { format: 1 as 2 }, /format is 1/],
    ['other horizons', { horizonsDays: [30, 60, 91] as unknown as [30, 60, 90] }, /horizonsDays/],
    [
      'a calibration that turns the ranking round',
      { calibration: { ...aManifest().calibration, a: -1 } },
      /calibration.a/,
    ],
    ['levels in another order', { levelCutoffs: aManifest().levelCutoffs.toReversed() }, /levelCutoffs must name/],
    ['an exit above its entry', { levelCutoffs: withCutoff(1, { exit: 0.6 }) }, /high needs 0 < exit <= enter < 1/],
    ['levels that do not rise', { levelCutoffs: withCutoff(1, { enter: 0.3, exit: 0.2 }) }, /high does not lie above/],
  ])('names %s', (_what, overrides, expected) => {
    expect(problems(overrides)).toMatch(expected);
  });

  it('lists all problems at once', () => {
    expect(problems({ outputs: [], format: 3 as 2, inputs: [] })).toMatch(/format is 3.*inputs is empty.*outputs are/);
  });
});

describe('parsing a manifest', () => {
  it('gives back what was written', () => {
    const { calibration: _elsewhere, ...manifest } = aManifest();
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it('names fields that are missing or of another type', () => {
    const { hashes: _gone, ...rest } = aManifest();
    const found = parseManifest({ ...rest, name: 7, inputs: [{ ...anInput(), sd: null }], levelCutoffs: 'none' });
    expect(found).toEqual([
      'manifest.name should be a string',
      'manifest.inputs[0].sd should be a number',
      'manifest.levelCutoffs should be a list',
      'manifest.hashes should be an object',
    ]);
  });

  it.each([null, [], 'text', 3])('refuses %o', (json) => {
    expect(parseManifest(json)).toEqual(['manifest should be an object']);
  });
});

function withClosedForm(change: Partial<ClosedFormParameters>): ModelManifest['closedForm'] {
  const purchases = { r: 1, alpha: 1, a: 1, b: 1 };
  const parameters = { model: 'bg-nbd' as const, purchases, spend: { p: 1, q: 2, gamma: 1 }, ...change };
  return { horizonDays: 90, parameters: parameters as ClosedFormParameters };
}

function withCutoff(at: number, change: Partial<ModelManifest['levelCutoffs'][number]>): ModelManifest['levelCutoffs'] {
  return aManifest().levelCutoffs.map((cutoff, i) => (i === at ? { ...cutoff, ...change } : cutoff));
}
