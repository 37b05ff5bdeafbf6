import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import type { MeasureDocument } from '../../core/kpis/benchmarks/measure-document.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

const defaultFile = fileURLToPath(new URL('../../../kpis/measures.yaml', import.meta.url));

const handbook = z
  .string()
  .regex(/^N\d+$/, 'must be a number such as N3')
  .transform((value) => value as `N${number}`);

const schema: z.ZodType<MeasureDocument> = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1).max(40),
  measures: z.array(
    z.strictObject({
      kpis: z.array(handbook).min(1, 'must name a KPI'),
      row: z.string().min(1),
      playbooks: z.array(z.string().min(1)),
      text: z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) }),
    }),
  ),
});

/**
 * Reads and checks a file of measures against missed targets; its version gets a digest of the file.
 * @param path null for the one that comes with Tidewatch
 * @throws EngineError ERR_KPIS_INVALID with every problem found
 */
export async function readMeasures(path: string | null): Promise<MeasureDocument> {
  const { text: content, value } = await readCheckedYaml(path ?? defaultFile, schema, measuresError);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { ...value, version: `${value.version}+${digest}` };
}

function measuresError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the file of measures ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_KPIS_INVALID', message, { retryable: false, context: { path }, cause });
}
