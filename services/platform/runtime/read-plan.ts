import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import { compilePlan } from '../../core/plan/compile-plan.ts';
import { findPlanProblems } from '../../core/plan/find-plan-problems.ts';
import type { TrackingPlan } from '../../core/plan/tracking-plan.ts';
import { planFileSchema } from './plan-file-schema.ts';
import type { PlanFile } from './plan-file-schema.ts';

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
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw planError(path, [missing ? 'the file does not exist' : 'the file cannot be read'], cause);
  }
  const result = planFileSchema.safeParse(parseYaml(path, text));
  if (!result.success) throw planError(path, result.error.issues.map(describeIssue));
  const problems = findPlanProblems(result.data);
  if (problems.length > 0) throw planError(path, problems);
  return { text, file: result.data };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return `${issue.path.join('.') || 'file'}: ${message}`;
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw planError(path, ['the file is no YAML that can be read'], cause);
    throw planError(path, [cause.message.split('\n', 1)[0].replace(/:$/, '')], cause);
  }
}

function planError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the tracking plan ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_PLAN_INVALID', message, { retryable: false, context: { path }, cause });
}
