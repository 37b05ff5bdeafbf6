import { backendNames, type BackendName } from '../services/platform/tensorflow/backend.ts';
import { usageError } from './usage-error.ts';

/** What computes, as `--backend` names it. */
export function readBackend(name: string): BackendName {
  const known = backendNames.find((backend) => backend === name);
  if (known !== undefined) return known;
  throw usageError(`--backend "${name}" is unknown; known are ${backendNames.join(' and ')}.`);
}
