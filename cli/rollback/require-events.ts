import { EngineError } from '../../services/core/errors.ts';
import type { Checkpoint } from '../import/checkpoint.ts';

/**
 * Refuses the roll-back of an import of which the topic holds nothing, unless its checkpoint says that it sent nothing.
 * @param checkpoint null where there is none
 * @throws ERR_IMPORT_STATE, naming what to look at
 */
export function requireEvents(
  { importId, tenant, topic }: { readonly importId: string; readonly tenant: string; readonly topic: string },
  checkpoint: Pick<Checkpoint, 'counts'> | null,
): void {
  const none = `No event of ${tenant} on ${topic} is of the import "${importId}"`;
  if (checkpoint === null) {
    const message = `${none}, and there is no checkpoint of it here: check the id and --tenant. Ids are case-sensitive.`;
    throw new EngineError('ERR_IMPORT_STATE', message, { retryable: false });
  }
  const { accepted } = checkpoint.counts;
  if (accepted === 0) return;
  const message = `${none}, though ${accepted} were accepted: the topic is another one, or has lost them by its retention; what they did cannot be taken back.`;
  throw new EngineError('ERR_IMPORT_STATE', message, { retryable: false });
}
