import type { Digest } from '../ports/digest.ts';
import type { ModelInput } from './model-manifest.ts';

/** SHA-256 over the ordered list of inputs with their scaling: any swap, rename or rescaling changes it. */
export function hashInputs(inputs: readonly ModelInput[], digest: Digest): string {
  const rows = inputs.map(({ name, feature, transform, mean, sd, clip }) => [name, feature, transform, mean, sd, clip]);
  return digest.sha256Hex(JSON.stringify(rows));
}
