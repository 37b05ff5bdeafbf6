import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { compilePlan } from '../../core/plan/compile-plan.ts';
import { findPlanProblems } from '../../core/plan/find-plan-problems.ts';
import type { TrackingPlan } from '../../core/plan/tracking-plan.ts';
import { planFileSchema } from './plan-file-schema.ts';
import type { PlanFile } from './plan-file-schema.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultPlan = fileURLToPath(new URL('../../../plans/default.yaml', import.meta.url));

/**
 * Reads, checks and compiles a tracking plan. Its version is the file's own and a digest of what stands in it, so that
 * an edit under the same version is seen: `2026-11+1f2e3d4c`.
 * @param path null for the plan that comes with Tidewatch
 * @throws EngineError ERR_PLAN_INVALID with every problem found
 */
export async function readPlan(path: string | null): Promise<TrackingPlan> {
  const own = await readPlanFile(path ?? defaultPlan);
  const base = path === null || own.file.extends === 'nothing' ? [] : [await readPlanFile(defaultPlan)];
  const digest = createHash('sha256');
  for (const { text } of [own, ...base]) digest.update(text);
  const version = `${own.file.version}+${digest.digest('hex').slice(0, 8)}`;
  return compilePlan(version, [own.file, ...base.map(({ file }) => file)]);
}

async function readPlanFile(path: string): Promise<{ readonly text: string; readonly file: PlanFile }> {
  const { text, value } = await readCheckedYaml(path, planFileSchema, planError);
  const problems = findPlanProblems(value);
  if (problems.length > 0) throw planError(path, problems);
  return { text, file: value };
}

function planError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the tracking plan ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_PLAN_INVALID', message, { retryable: false, context: { path }, cause });
}
