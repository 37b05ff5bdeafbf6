import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { findServiceProblems, type ServiceSurroundings } from '../../core/service/find-service-problems.ts';
import type { ServiceDocument } from '../../core/service/service-document.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';
import { serviceFileSchema } from './service-file-schema.ts';

const defaultService = fileURLToPath(new URL('../../../service/default.yaml', import.meta.url));

export interface ReadService {
  /** The file's own and a digest of what stands in it, so that an edit under the same version is seen. */
  readonly version: string;
  readonly document: ServiceDocument;
}

/**
 * Reads and checks a file of service rules.
 * @param path null for the rules that come with Tidewatch
 * @throws EngineError ERR_SERVICE_RULES_INVALID with every problem found
 */
export async function readService(path: string | null, around: ServiceSurroundings): Promise<ReadService> {
  const file = path ?? defaultService;
  const { text, value } = await readCheckedYaml(file, serviceFileSchema, serviceError);
  const problems = findServiceProblems(value, around);
  if (problems.length > 0) throw serviceError(file, problems);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { version: `${value.version}+${digest}`, document: value };
}

function serviceError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the service rules ${path} cannot be used; correct them:${list}`;
  return new EngineError('ERR_SERVICE_RULES_INVALID', message, { retryable: false, context: { path }, cause });
}
