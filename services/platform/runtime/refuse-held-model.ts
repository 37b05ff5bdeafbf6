import { EngineError } from '../../core/errors.ts';
import { describePromotion } from './describe-promotion.ts';
import { readPromotion } from './promotion-file.ts';

/**
 * Keeps a model out of service that was worse than the one it was to replace.
 * @throws EngineError ERR_MODEL_HELD with the figures and what to do
 */
export async function refuseHeldModel(modelDir: string): Promise<void> {
  const promotion = await readPromotion(modelDir);
  if (promotion === null || promotion.promoted) return;
  throw new EngineError(
    'ERR_MODEL_HELD',
    `The model in ${modelDir} is held back: ${describePromotion(promotion)} To put it into service all the same: tidewatch promote --model ${modelDir} --force REASON.`,
    { retryable: false, context: { modelDir } },
  );
}
