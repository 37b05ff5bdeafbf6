import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { findPlaybookProblems, type PlaybookSurroundings } from '../../core/playbooks/find-playbook-problems.ts';
import type { PlaybooksDocument } from '../../core/playbooks/playbook-document.ts';
import { playbooksFileSchema } from './playbooks-file-schema.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultPlaybooks = fileURLToPath(new URL('../../../playbooks/default.yaml', import.meta.url));

export interface ReadPlaybooks {
  /** The file's own and a digest of what stands in it, so that an edit under the same version is seen. */
  readonly version: string;
  readonly document: PlaybooksDocument;
}

/**
 * Reads and checks a playbook file.
 * @param path null for the playbooks that come with Tidewatch
 * @throws EngineError ERR_PLAYBOOKS_INVALID with every problem found
 */
export async function readPlaybooks(path: string | null, around: PlaybookSurroundings): Promise<ReadPlaybooks> {
  const file = path ?? defaultPlaybooks;
  const { text, value } = await readCheckedYaml(file, playbooksFileSchema, playbooksError);
  const problems = findPlaybookProblems(value, around);
  if (problems.length > 0) throw playbooksError(file, problems);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { version: `${value.version}+${digest}`, document: value };
}

function playbooksError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the playbooks ${path} cannot be used; correct them:${list}`;
  return new EngineError('ERR_PLAYBOOKS_INVALID', message, { retryable: false, context: { path }, cause });
}
