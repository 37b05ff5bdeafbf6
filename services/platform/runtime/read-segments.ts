import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { findSegmentProblems } from '../../core/segments/find-segment-problems.ts';
import { compileSegments, type SegmentPlan } from '../../core/segments/segment-plan.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';
import { segmentsFileSchema } from './segments-file-schema.ts';

const defaultFile = fileURLToPath(new URL('../../../segments/default.yaml', import.meta.url));

/**
 * Reads, checks and compiles a segment configuration. Its version is the file's own and a digest of the text, so that an
 * edit under the same version is seen: `2026-11+1f2e3d4c`.
 * @param path null for the configuration that comes with Tidewatch
 * @param featureNames names of the feature vector, in order
 * @throws EngineError ERR_SEGMENTS_INVALID with every problem found
 */
export async function readSegments(path: string | null, featureNames: readonly string[]): Promise<SegmentPlan> {
  const file = path ?? defaultFile;
  const { text, value } = await readCheckedYaml(file, segmentsFileSchema, segmentsError);
  const problems = findSegmentProblems(value, featureNames);
  if (problems.length > 0) throw segmentsError(file, problems);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return compileSegments(`${value.version}+${digest}`, value, featureNames);
}

function segmentsError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the segment configuration ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_SEGMENTS_INVALID', message, { retryable: false, context: { path }, cause });
}
