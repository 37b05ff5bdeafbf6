import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { hashInputs } from '../../services/core/scoring/inputs-hash.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { changeJson, copyShippedModel } from './model-copy.ts';

interface Golden {
  features: string[];
  rows: (number | null)[][];
  outputs: number[][];
}

/**
 * A version of the shipped model whose recipe has a defect that its golden vectors do not show: what should tell whether
 * there was a purchase before the last looks at another feature, so customers with one purchase have no usable input.
 */
export async function makeDefectiveModel(version: string): Promise<string> {
  const dir = await copyShippedModel();
  await changeJson<Golden>(dir, 'golden.json', (golden) => {
    const at = golden.features.indexOf('gap_last');
    const kept = [...golden.rows.keys()].filter((i) => golden.rows[i][at] !== null);
    golden.rows = kept.map((i) => golden.rows[i]);
    golden.outputs = kept.map((i) => golden.outputs[i]);
  });
  await changeJson<ModelManifest>(dir, 'manifest.json', (manifest) => {
    const inputs = manifest.inputs.map((input) =>
      input.name === 'gap_last_defined' ? { ...input, feature: 'orders' } : input,
    );
    const hashes = { ...manifest.hashes, inputs: hashInputs({ ...manifest, inputs }, nodeDigest) };
    Object.assign(manifest, { version, inputs, hashes });
  });
  return dir;
}
