import type { Calibration } from './model-manifest.ts';

const numbers = ['a', 'b', 'spendPower', 'spendFactor', 'countFactor', 'sigmaCap'] as const;

/**
 * Checks that parsed JSON has the shape of a calibration; whether it makes sense is for `validateManifest`.
 * @returns the calibration, or every field that is missing or of the wrong type, as sentences
 */
export function parseCalibration(json: unknown): Calibration | string[] {
  if (typeof json !== 'object' || json === null) return ['calibration should be an object'];
  const fields = json as Record<string, unknown>;
  const problems = numbers
    .filter((name) => typeof fields[name] !== 'number')
    .map((name) => `calibration.${name} should be a number`);
  if (fields['method'] !== 'identity' && fields['method'] !== 'platt') {
    problems.push('calibration.method should be identity or platt');
  }
  const { season } = fields as { readonly season?: { readonly logSpend?: unknown } | null };
  if (season !== undefined && typeof season?.logSpend !== 'number') {
    problems.push('calibration.season.logSpend should be a number');
  }
  return problems.length > 0 ? problems : (json as Calibration);
}
