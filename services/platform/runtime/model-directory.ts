import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../core/errors.ts';
import { readPromotion } from './promotion-file.ts';

/**
 * Directory of the model to use: the version asked for, else the highest numbered one below `root` that is
 * completely written and not held back.
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
  const held: string[] = [];
  for (const name of numbers.filter((name) => name !== except && isWritten(join(root, name)))) {
    if ((await readPromotion(join(root, name)))?.promoted !== false) return join(root, name);
    held.push(name);
  }
  if (held.length === 0)
    throw missing(`${root} holds no model version (a directory named 1, 2 …); train one into ${root}/1`, root);
  const decide = `let one in with "tidewatch promote --model ${join(root, held[0])} --force REASON", or train another`;
  throw missing(`every model version of ${root} is held back (${held.join(', ')}); ${decide}`, root);
}

/** The manifest is written last: without it a directory is still being written, or what a killed training run left. */
function isWritten(dir: string): boolean {
  return existsSync(join(dir, 'manifest.json'));
}

function missing(message: string, root: string, cause?: unknown): EngineError {
  return new EngineError('ERR_MODEL_MISSING', message, { retryable: false, context: { root }, cause });
}
