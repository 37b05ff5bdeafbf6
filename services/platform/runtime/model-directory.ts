import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../core/errors.ts';

/**
 * Directory of the model to use: the version asked for, else the highest numbered one below `root`.
 * @param root directory with one sub-directory per model version, such as `models/retention`
 * @throws EngineError ERR_MODEL_MISSING
 */
export async function modelDirectory(root: string, version: string | undefined): Promise<string> {
  if (version !== undefined) return join(root, version);
  const names = await readdir(root).catch((cause: unknown) => {
    throw missing(`the model directory ${root} cannot be read; train a model or set TIDEWATCH_MODEL_DIR`, root, cause);
  });
  const versions = names.filter((name) => /^[1-9]\d*$/.test(name)).sort((a, b) => Number(b) - Number(a));
  if (versions.length === 0) {
    throw missing(`${root} holds no model version (a directory named 1, 2 …); train one into ${root}/1`, root);
  }
  return join(root, versions[0]);
}

function missing(message: string, root: string, cause?: unknown): EngineError {
  return new EngineError('ERR_MODEL_MISSING', message, { retryable: false, context: { root }, cause });
}
