import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import { findKpiProblems } from '../../core/kpis/find-kpi-problems.ts';
import { findKpiWarnings } from '../../core/kpis/find-kpi-warnings.ts';
import type { KpisDocument } from '../../core/kpis/kpi-document.ts';
import { kpisFileSchema } from './kpis-file-schema.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultFile = fileURLToPath(new URL('../../../kpis/default.yaml', import.meta.url));

export interface ReadKpis {
  /** The file's own and a digest of what stands in it, so that an edit under the same version is seen. */
  readonly version: string;
  readonly document: KpisDocument;
  /** What can be used but is probably not meant. */
  readonly warnings: readonly string[];
}

/**
 * Reads and checks a file of weights, targets and owners of KPIs; `compileKpiPlan` makes the plan of a tenant from it.
 * @param path null for the one that comes with Tidewatch
 * @throws EngineError ERR_KPIS_INVALID with every problem found
 */
export async function readKpis(path: string | null): Promise<ReadKpis> {
  const file = path ?? defaultFile;
  const { text, value } = await readCheckedYaml(file, kpisFileSchema, kpisError);
  const problems = findKpiProblems(value);
  if (problems.length > 0) throw kpisError(file, problems);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { version: `${value.version}+${digest}`, document: value, warnings: findKpiWarnings(value) };
}

function kpisError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the KPI file ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_KPIS_INVALID', message, { retryable: false, context: { path }, cause });
}
