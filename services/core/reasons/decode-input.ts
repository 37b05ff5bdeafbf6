import type { ModelInput } from '../scoring/model-manifest.ts';

/** The figure that an encoded input stands for. */
export function decodeInput({ transform, unit = 1, mean, sd }: ModelInput, encoded: number): number {
  const value = encoded * sd + mean;
  return unit * (transform === 'log1p' ? Math.sign(value) * Math.expm1(Math.abs(value)) : value);
}
