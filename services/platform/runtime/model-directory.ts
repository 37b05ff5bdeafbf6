import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../core/errors.ts';
import { readPromotion } from './promotion-file.ts';

/**
 * Directory of the model to use: the version asked for, else the highest numbered one below `root` that is not held
 * back.
 * @param root directory with one sub-directory per model version, such as `models/retention`
 * @param except version that is passed over, such as one that is about to be made
 * @throws EngineError ERR_MODEL_MISSING, ERR_MODEL_MISMATCH
 */
export async function modelDirectory(root: string, version: string | undefined, except = ''): Promise<string> {
  if (version !== undefined) return join(root, version);
  const names = await readdir(root).catch((cause: unknown) => {
    throw missing(`the model directory ${root} cannot be read; train a model or set TIDEWATCH_MODEL_DIR`, root, cause);
  });
  const numbers = names.filter((name) => /^[1-9]\d*$/.test(name)).sort((a, b) => Number(b) - Number(a));
  const promotions = await Promise.all(numbers.map((name) => readPromotion(join(root, name))));
  const versions = numbers.filter((_, i) => promotions[i]?.promoted !== false && numbers[i] !== except);
  if (versions.length === 0) {
    throw missing(`${root} holds no model version (a directory named 1, 2 …); train one into ${root}/1`, root);
  }
  return join(root, versions[0]);
}

function missing(message: string, root: string, cause?: unknown): EngineError {
  return new EngineError('ERR_MODEL_MISSING', message, { retryable: false, context: { root }, cause });
}
