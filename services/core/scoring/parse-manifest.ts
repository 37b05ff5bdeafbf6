import type { ModelManifest } from './model-manifest.ts';

/**
 * Checks that parsed JSON has the shape of a manifest; whether it makes sense is for `validateManifest`.
 * @returns the manifest, or every field that is missing or of the wrong type, as sentences
 */
export function parseManifest(json: unknown): ModelManifest | string[] {
  const problems: string[] = [];
  checkShape(json, manifestShape, 'manifest', problems);
  if (problems.length > 0) return problems;
  const { closedForm, baseline } = json as { readonly closedForm?: unknown; readonly baseline?: unknown };
  if (closedForm !== null) checkShape(closedForm, closedFormShape, 'manifest.closedForm', problems);
  if (baseline !== undefined) checkShape(baseline, ['number'], 'manifest.baseline', problems);
  return problems.length > 0 ? problems : (json as ModelManifest);
}

/** A shape is a type name, a list of one element's shape, or the fields of an object. `{}` takes any object. */
type Shape = 'string' | 'number' | readonly [Shape] | { readonly [field: string]: Shape };

const manifestShape: Shape = {
  format: 'number',
  name: 'string',
  version: 'string',
  createdAt: 'string',
  horizonsDays: ['number'],
  inputs: [{ name: 'string', feature: 'string', transform: 'string', mean: 'number', sd: 'number', clip: 'number' }],
  outputs: ['string'],
  levelCutoffs: [{ level: 'string', enter: 'number', exit: 'number' }],
  currency: 'string',
  trainedOn: {},
  metrics: {},
  hashes: { inputs: 'string', model: 'string', weights: 'string', golden: 'string', calibration: 'string' },
};

const closedFormShape: Shape = {
  horizonDays: 'number',
  parameters: { model: 'string', purchases: {}, spend: { p: 'number', q: 'number', gamma: 'number' } },
};

function checkShape(value: unknown, shape: Shape, where: string, problems: string[]): void {
  if (typeof shape === 'string') {
    if (typeof value !== shape) problems.push(`${where} should be a ${shape}`);
  } else if (isList(shape)) {
    if (!Array.isArray(value)) problems.push(`${where} should be a list`);
    else value.forEach((item, i) => checkShape(item, shape[0], `${where}[${i}]`, problems));
  } else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${where} should be an object`);
  } else {
    const fields = value as Record<string, unknown>;
    for (const [name, inner] of Object.entries(shape)) checkShape(fields[name], inner, `${where}.${name}`, problems);
  }
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}
