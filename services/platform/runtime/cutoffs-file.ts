import { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import type { Cutoff } from '../../core/segments/cutoffs.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';
import { replaceFile } from './replace-file.ts';

const fileSchema = z.strictObject({
  format: z.literal(1),
  /** Version of the segment configuration they were proposed for. */
  segments: z.string().min(1),
  cutoffs: z
    .array(z.strictObject({ scheme: z.string().min(1), tier: z.string().min(1), cutoff: z.number('must be a number') }))
    .min(1, 'must hold a cut-off'),
});

/** Writes proposed cut-offs, for a person to look at before they are put in force. */
export async function writeCutoffs(path: string, segments: string, cutoffs: readonly Cutoff[]): Promise<void> {
  await replaceFile(path, `${JSON.stringify({ format: 1, segments, cutoffs }, null, 2)}\n`);
}

/**
 * Reads cut-offs that were proposed for the segment configuration.
 * @param segments version of the configuration they are to be used with
 * @throws EngineError ERR_SEGMENTS_INVALID
 */
export async function readCutoffs(path: string, segments: string): Promise<readonly Cutoff[]> {
  // JSON is YAML, so the problems read alike.
  const { value } = await readCheckedYaml(path, fileSchema, cutoffsError);
  if (value.segments === segments) return value.cutoffs;
  throw cutoffsError(path, [
    `segments: they were proposed for the configuration ${value.segments}, and this one is ${segments}; propose them again`,
  ]);
}

function cutoffsError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the cut-offs ${path} cannot be used; correct this:${list}`;
  return new EngineError('ERR_SEGMENTS_INVALID', message, { retryable: false, context: { path }, cause });
}
