import { backendNames, type BackendName } from '../services/platform/tensorflow/backend.ts';
import { usageError } from './usage-error.ts';

/** What `--backend` takes: the native library goes by either of its names. */
export const backendChoices = 'wasm, cpu or native (after `npm run native:install`)';

/** What computes, as `--backend` names it. */
export function readBackend(name: string): BackendName {
  const known = backendNames.find((backend) => backend === (name === 'native' ? 'tensorflow' : name));
  if (known !== undefined) return known;
  throw usageError(`--backend "${name}" is unknown; known are wasm, cpu and native.`);
}
