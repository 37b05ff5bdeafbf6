import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { isAtWork, readCheckpoint, type Checkpoint } from '../import/checkpoint.ts';

export interface RollBackToCheck {
  readonly importId: string;
  readonly tenant: string;
  /** Of the checkpoints. */
  readonly directory: string;
}

/**
 * Looks for other imports of the tenant that were begun and not ended: what they still send may change which events of
 * the customers the roll-back has to take back.
 * @throws ERR_IMPORT_STATE, naming each of them and what to do
 */
export async function checkUnfinished({ importId, tenant, directory }: RollBackToCheck): Promise<void> {
  const checkpoints = await Promise.all((await listCheckpoints(directory)).map(readCheckpoint));
  const unfinished = checkpoints
    .filter((checkpoint) => checkpoint !== null)
    .filter((each) => each.importId !== importId && each.tenant === tenant && each.state === 'running');
  if (unfinished.length === 0) return;
  const list = unfinished.map(describe).join(', ');
  const message = `Other imports of ${tenant} are unfinished: ${list}. Finish each by its own command, or roll it back first; --force goes on beside them.`;
  throw new EngineError('ERR_IMPORT_STATE', message, { retryable: true });
}

function describe(checkpoint: Checkpoint): string {
  const { importId, rows, pid } = checkpoint;
  return isAtWork(checkpoint) ? `${importId} (process ${pid} works on it)` : `${importId} (stopped after row ${rows})`;
}

async function listCheckpoints(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => join(directory, name));
}
