import { closedFormNames, createClosedForm } from '../btyd/closed-form.ts';
import { purchaseModelOf } from '../btyd/purchase-model-of.ts';
import type { Digest } from '../ports/digest.ts';
import { hashInputs } from './inputs-hash.ts';
import { levels } from './level.ts';
import type { ModelInput, ModelManifest } from './model-manifest.ts';
import { modelOutputs } from './model-outputs.ts';

export interface ManifestChecks {
  /** Features this process computes. */
  readonly featureNames: readonly string[];
  readonly digest: Digest;
}

/**
 * Checks a manifest of the right shape (all fields there, of their types) against the code that is to serve it.
 * @returns every problem as a sentence; empty when the model can be served
 */
export function validateManifest(manifest: ModelManifest, checks: ManifestChecks): string[] {
  return [
    ...formatProblems(manifest),
    ...closedFormProblems(manifest, checks),
    ...inputProblems(manifest, checks),
    ...baselineProblems(manifest),
    ...outputProblems(manifest),
    ...calibrationProblems(manifest),
    ...cutoffProblems(manifest),
  ];
}

function formatProblems({ format }: { readonly format: number }): string[] {
  return format === 2 ? [] : [`format is ${format}; this version reads format 2`];
}

function closedFormProblems({ closedForm }: ModelManifest, { featureNames }: ManifestChecks): string[] {
  if (closedForm === null) return [];
  const { parameters, horizonDays } = closedForm;
  const model = purchaseModelOf(parameters.model) as { readonly parameterNames: readonly string[] } | undefined;
  if (model === undefined) return [`closedForm has the unknown model ${parameters.model as string}`];
  const given: readonly string[] = Object.keys(parameters.purchases);
  const missing = model.parameterNames.filter((name) => !given.includes(name));
  if (missing.length > 0) return [`closedForm lacks ${missing.join(', ')}`];
  try {
    createClosedForm(parameters, horizonDays, featureNames);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function inputProblems(manifest: ModelManifest, { featureNames, digest }: ManifestChecks): string[] {
  const problems: string[] = [];
  const known = new Set([...featureNames, ...(manifest.closedForm === null ? [] : closedFormNames)]);
  const seen = new Set<string>();
  if (manifest.inputs.length === 0) problems.push('inputs is empty');
  for (const input of manifest.inputs) {
    if (seen.has(input.name)) problems.push(`input ${input.name} is listed twice`);
    seen.add(input.name);
    if (!known.has(input.feature)) problems.push(`input ${input.name} reads the unknown feature ${input.feature}`);
    problems.push(...scalingProblems(input));
  }
  if (hashInputs(manifest, digest) !== manifest.hashes.inputs) {
    problems.push('inputs do not match hashes.inputs: their order, names or scaling were changed after training');
  }
  return problems;
}

function baselineProblems({ inputs, baseline }: ModelManifest): string[] {
  if (baseline === undefined) return [];
  if (baseline.length !== inputs.length) return [`baseline has ${baseline.length} values for ${inputs.length} inputs`];
  return baseline.every(Number.isFinite) ? [] : ['baseline has a value that is not finite'];
}

const transforms: readonly string[] = ['identity', 'log1p', 'defined'] satisfies ModelInput['transform'][];

const scales: readonly unknown[] = ['medianOrder', 'rhythm', undefined] satisfies ModelInput['scale'][];

function scalingProblems({ name, transform, mean, sd, clip, scale, unit = 1 }: ModelInput): string[] {
  const problems: string[] = [];
  if (!scales.includes(scale)) problems.push(`input ${name} has the unknown scale ${scale as string}`);
  if (!(Number.isFinite(unit) && unit > 0)) problems.push(`input ${name} needs a finite unit above 0`);
  if (!transforms.includes(transform)) problems.push(`input ${name} has the unknown transform ${transform}`);
  if (!Number.isFinite(mean)) problems.push(`input ${name} has no finite mean`);
  if (!(Number.isFinite(sd) && sd > 0)) problems.push(`input ${name} needs a finite sd above 0`);
  if (!(Number.isFinite(clip) && clip > 0)) problems.push(`input ${name} needs a finite clip above 0`);
  return problems;
}

function outputProblems(manifest: ModelManifest): string[] {
  const problems: string[] = [];
  if (manifest.outputs.join() !== modelOutputs.join()) {
    problems.push(`outputs are ${manifest.outputs.join(', ')}; expected ${modelOutputs.join(', ')}`);
  }
  if (manifest.horizonsDays.join() !== '30,60,90') {
    problems.push(`horizonsDays is ${manifest.horizonsDays.join(', ')}; expected 30, 60, 90`);
  }
  return problems;
}

function calibrationProblems({ calibration }: ModelManifest): string[] {
  const { a, b, spendPower, spendFactor, countFactor, sigmaCap, season } = calibration;
  const problems: string[] = [];
  if (!(Number.isFinite(a) && a > 0)) problems.push('calibration.a must be above 0, or the ranking is turned round');
  if (!Number.isFinite(b)) problems.push('calibration.b must be finite');
  if (!(Number.isFinite(spendPower) && spendPower > 0)) problems.push('calibration.spendPower must be above 0');
  if (!(Number.isFinite(spendFactor) && spendFactor > 0)) problems.push('calibration.spendFactor must be above 0');
  if (!(Number.isFinite(countFactor) && countFactor > 0)) problems.push('calibration.countFactor must be above 0');
  if (season !== undefined && !(Math.abs(season.logSpend) <= 5))
    problems.push('calibration.season.logSpend must lie within ±5');
  if (!(Number.isFinite(sigmaCap) && sigmaCap > 0)) problems.push('calibration.sigmaCap must be above 0');
  return problems;
}

function cutoffProblems({ levelCutoffs }: ModelManifest): string[] {
  const problems: string[] = [];
  if (levelCutoffs.map((cutoff) => cutoff.level).join() !== levels.slice(1).join()) {
    problems.push(`levelCutoffs must name ${levels.slice(1).join(', ')} in this order`);
  }
  let below = { enter: 0, exit: 0 };
  for (const { level, enter, exit } of levelCutoffs) {
    if (!(exit > 0 && exit <= enter && enter < 1)) problems.push(`level ${level} needs 0 < exit <= enter < 1`);
    if (!(enter > below.enter && exit > below.exit)) problems.push(`level ${level} does not lie above the one before`);
    below = { enter, exit };
  }
  return problems;
}
