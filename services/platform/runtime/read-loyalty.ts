import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { findLoyaltyProblems } from '../../core/loyalty/find-loyalty-problems.ts';
import type { LoyaltyDocument } from '../../core/loyalty/loyalty-document.ts';
import { loyaltyFileSchema } from './loyalty-file-schema.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultFile = fileURLToPath(new URL('../../../loyalty/default.yaml', import.meta.url));

export interface ReadLoyalty {
  /** The file's own and a digest of what stands in it, so that an edit under the same version is seen. */
  readonly version: string;
  readonly document: LoyaltyDocument;
}

/**
 * Reads and checks a file of points, levels and benefits.
 * @param path null for the one that comes with Tidewatch
 * @param stages by machine of the segment configuration
 * @throws EngineError ERR_LOYALTY_INVALID with every problem found
 */
export async function readLoyalty(
  path: string | null,
  stages: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ReadLoyalty> {
  const file = path ?? defaultFile;
  const { text, value } = await readCheckedYaml(file, loyaltyFileSchema, loyaltyError);
  const problems = findLoyaltyProblems(value, stages);
  if (problems.length > 0) throw loyaltyError(file, problems);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { version: `${value.version}+${digest}`, document: value };
}

function loyaltyError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the loyalty file ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_LOYALTY_INVALID', message, { retryable: false, context: { path }, cause });
}
