import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import { replaceFile } from './replace-file.ts';

const difference = z.object({ difference: z.number(), low: z.number(), high: z.number() });

const schema = z.object({
  /** Whether the model may go into service. */
  promoted: z.boolean(),
  /** `<name>/<version>` of the model it was compared with. */
  against: z.string(),
  /** Day of the cut they were compared on. */
  measuredAt: z.string(),
  rows: z.number(),
  /** New model less the other, with 95 % intervals. */
  auc: difference,
  logLoss: difference,
  /** Why it goes into service although it is worse; null where nobody has decided that. */
  forced: z.string().nullable(),
});

/** How a model compared with the one in service when it was made: `promotion.json` in its directory. */
export type Promotion = z.infer<typeof schema>;

const fileName = 'promotion.json';

/**
 * Null where the model was never compared with another: shipped ones, and the first of an installation.
 * @throws EngineError ERR_MODEL_MISMATCH when the file is there and cannot be read
 */
export async function readPromotion(modelDir: string): Promise<Promotion | null> {
  const path = join(modelDir, fileName);
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null;
    const message = `${path} cannot be read, so nobody knows whether the model may go into service; train it again.`;
    throw new EngineError('ERR_MODEL_MISMATCH', message, { retryable: false, context: { path }, cause });
  }
}

export async function writePromotion(modelDir: string, promotion: Promotion): Promise<void> {
  await replaceFile(join(modelDir, fileName), `${JSON.stringify(promotion, null, 2)}\n`);
}
