import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import type { BenchmarkDocument } from '../../core/kpis/benchmarks/benchmark-document.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultFile = fileURLToPath(new URL('../../../kpis/benchmarks.yaml', import.meta.url));

const text = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const documents = z.array(z.string().min(1)).min(1, 'must name a document');
const figure = z.number().min(-1e6, 'must be -1e6 to 1e6').max(1e6, 'must be -1e6 to 1e6');
const handbook = z
  .string()
  .regex(/^N\d+$/, 'must be a number such as N3')
  .transform((value) => value as `N${number}`);

const benchmark = z.strictObject({
  row: z.string().min(1),
  documents,
  kpi: handbook.nullable(),
  kind: z.enum(['effect', 'level', 'case']),
  unit: z.enum(['percent', 'change', 'points', 'yuan', 'yuan-per-month', 'years']),
  from: figure,
  to: figure.nullable(),
  text,
});

const elasticity = z.strictObject({
  driver: z.string().regex(/^[a-z][a-z-]*$/, 'must be small letters and "-", like "loyalty"'),
  per: figure.refine((per) => per !== 0, 'must not be 0'),
  unit: z.enum(['percent', 'days']),
  effect: z.string().min(1),
  from: figure,
  to: figure.nullable(),
  row: z.string().min(1),
  documents,
  text,
});

const schema: z.ZodType<BenchmarkDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  benchmarks: z.array(benchmark),
  elasticities: z.array(elasticity),
});

/**
 * Reads and checks a file of quoted figures; its version gets a digest of the file.
 * @param path null for the one that comes with Tidewatch
 * @throws EngineError ERR_KPIS_INVALID with every problem found
 */
export async function readBenchmarks(path: string | null): Promise<BenchmarkDocument> {
  const { text: content, value } = await readCheckedYaml(path ?? defaultFile, schema, benchmarksError);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { ...value, version: `${value.version}+${digest}` };
}

function benchmarksError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the file of quoted figures ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_KPIS_INVALID', message, { retryable: false, context: { path }, cause });
}
