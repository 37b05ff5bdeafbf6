import { afterEach, describe, expect, it } from 'vitest';
import { closedFormNames } from '../../services/core/btyd/closed-form.ts';
import type { ModelScorer } from '../../services/core/ports/model-scorer.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createVectorEncoder } from '../../services/core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../services/core/scoring/finite-guard.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import { availableBackends, type BackendName } from '../../services/platform/tensorflow/backend.ts';
import { checkGolden } from '../../services/platform/tensorflow/check-golden.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { readArtefact } from '../../services/platform/tensorflow/read-artefact.ts';
import { shippedModelDir } from '../support/model-copy.ts';

const rows = 512;
const opened: ModelScorer[] = [];

async function load(backend: BackendName): Promise<ModelScorer> {
  const scorer = await loadModel(shippedModelDir, { backend });
  opened.push(scorer);
  return scorer;
}

afterEach(() => {
  for (const scorer of opened.splice(0)) scorer.dispose();
});

/** Encoded inputs as wild as the clip allows. */
function someInputs(width: number): Float32Array {
  return Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i * 78.233) * 6);
}

describe.each(availableBackends())('the shipped model on %s', (backend) => {
  it('reproduces its golden vectors', async () => {
    const { golden } = await readArtefact(shippedModelDir);
    expect(golden.rows.length).toBeGreaterThanOrEqual(64);
    expect(golden.rows.some((row) => row.includes(null))).toBe(true);
    expect(checkGolden(await load(backend), golden)).toBeNull();
  });

  it('gives a row the same bits in whatever batch it stands', async () => {
    const scorer = await load(backend);
    const width = scorer.manifest.inputs.length;
    const heads = scorer.manifest.outputs.length;
    const inputs = someInputs(width);
    const whole = Buffer.from(scorer.predict(rows, inputs).buffer);
    for (const batch of [1, 2, 3, 7, 64, 100, 511]) {
      const parts = new Float32Array(rows * heads);
      for (let from = 0; from < rows; from += batch) {
        const count = Math.min(batch, rows - from);
        parts.set(scorer.predict(count, inputs.subarray(from * width)), from * heads);
      }
      expect(Buffer.from(parts.buffer).equals(whole), `batches of ${batch}`).toBe(true);
    }
  });

  it('gives the same bits beyond its largest call', async () => {
    const scorer = await load(backend);
    const once = someInputs(scorer.manifest.inputs.length);
    const twice = new Float32Array(once.length * 2);
    twice.set(once);
    twice.set(once, once.length);
    const half = scorer.predict(rows, once);
    expect(scorer.predict(2 * rows, twice)).toEqual(Float32Array.from([...half, ...half]));
  });

  it('never makes a normal score of a vector with an infinite feature', async () => {
    const scorer = await load(backend);
    const { inputs, outputs, calibration } = scorer.manifest;
    const { golden } = await readArtefact(shippedModelDir);
    const encode = createVectorEncoder(scorer.manifest, featureNames);
    const good = Float64Array.from(featureNames, (name) => golden.rows[0][golden.features.indexOf(name)] ?? 1);
    const encoded = new Float32Array(inputs.length);
    expect(encode(good, 0, encoded, 0)).toBe(true);
    const heads = scorer.predict(1, encoded);
    expect(heads).toHaveLength(outputs.length);
    expect(isTrustworthy(readHeads(heads, 0, calibration), heads, 0)).toBe(true);
    const read = new Set(inputs.map(({ feature }) => feature));
    for (const [column, name] of featureNames.entries()) {
      // Features that came after the model are nothing to it.
      for (const bad of [Infinity, -Infinity])
        expect(encode(good.with(column, bad), 0, encoded, 0)).toBe(!read.has(name));
    }
  });

  it('scores a customer without any history', async () => {
    const scorer = await load(backend);
    const { golden } = await readArtefact(shippedModelDir);
    const nobody = golden.rows.length - 1;
    const heads = golden.outputs[nobody];
    expect(golden.rows[nobody].includes(null)).toBe(true);
    expect(isTrustworthy(readHeads(heads, 0, scorer.manifest.calibration), heads, 0)).toBe(true);
  });
});

describe('the shipped model', () => {
  it('differs between backends by less than a score would show', async () => {
    const wasm = await load('wasm');
    const inputs = someInputs(wasm.manifest.inputs.length);
    const ours = wasm.predict(rows, inputs);
    for (const backend of availableBackends().filter((name) => name !== 'wasm')) {
      const other = await load(backend);
      const theirs = other.predict(rows, inputs);
      const largest = Math.max(...ours.map((value, i) => Math.abs(value - theirs[i])));
      expect(largest, backend).toBeLessThan(1e-5);
    }
  });

  it('ranks and calibrates better than what needs no model, by its own manifest', async () => {
    const { metrics } = (await readArtefact(shippedModelDir)).manifest;
    expect(metrics['auc90']).toBeGreaterThan(metrics['auc90RecencyAlone'] + 0.02);
    expect(metrics['brier90']).toBeLessThan(metrics['brier90BaseRate']);
    expect(metrics['logLoss90']).toBeLessThan(metrics['logLoss90BaseRate']);
    expect(metrics['spendMae']).toBeLessThan(metrics['spendMaeLastYear']);
  });

  it('reads features of the catalogue, the same ones as when it was made, and the closed form', async () => {
    const { manifest, golden } = await readArtefact(shippedModelDir);
    const read = new Set(manifest.inputs.map((input) => input.feature));
    expect([...golden.features, ...closedFormNames]).toEqual(expect.arrayContaining([...read]));
    expect([...read]).toEqual(expect.arrayContaining(['purchase_days_90', 'recency_days', ...closedFormNames]));
    expect(featureNames).toEqual(expect.arrayContaining([...golden.features]));
  });
});
