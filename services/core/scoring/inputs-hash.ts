import type { Digest } from '../ports/digest.ts';
import type { ModelManifest } from './model-manifest.ts';

/**
 * SHA-256 over the ordered list of inputs with their scaling, and the closed form behind them: any swap, rename,
 * rescaling or refit changes it.
 */
export function hashInputs(
  { inputs, closedForm }: Pick<ModelManifest, 'inputs' | 'closedForm'>,
  digest: Digest,
): string {
  const rows = inputs.map(({ name, feature, transform, mean, sd, clip, scale, unit }) => {
    const coding = [name, feature, transform, mean, sd, clip];
    return scale === undefined && unit === undefined ? coding : [...coding, scale ?? null, unit ?? 1];
  });
  return digest.sha256Hex(JSON.stringify([rows, closedForm]));
}
