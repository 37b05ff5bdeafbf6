import { EngineError } from '../../core/errors.ts';
import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';

export interface LetterKeys {
  readonly tenants: ReadonlyMap<string, IngestTenant>;
  /** Seals what belongs to no known tenant. */
  readonly installation: Sealer;
}

/** The clear content of a letter. */
export interface OpenedLetter {
  readonly original: Buffer;
  readonly share: JsonObject | null;
}

/** Opens a letter; a sentence where it holds nothing, or its key is not there any more. @throws ERR_RECORD_DECODE where it was changed */
export function openLetter(letter: DeadLetterRecord, { tenants, installation }: LetterKeys): OpenedLetter | string {
  if (!letter.step.startsWith('ingest.')) {
    return { original: installation.open(letter.original, 'dead-letter'), share: null };
  }
  if (letter.code === 'ERR_SOURCE_OFF') return 'its source was off, so nothing of its content was kept';
  const sealer = tenants.get(letter.tenant ?? '')?.sealer;
  if (sealer === undefined || sealer.keyId !== letter.keyId) {
    return `it is sealed under the key "${letter.keyId}", which this installation does not hold any more`;
  }
  const name = letter.eventId ?? '';
  const original = sealer.open(letter.original, `${letter.tenant}|dead-letter|${name}`);
  if (letter.share === null) return { original, share: null };
  const share: unknown = JSON.parse(sealer.open(letter.share, `${letter.tenant}|dead-letter-share|${name}`).toString());
  return { original, share: isJsonObject(share) ? share : null };
}

/** As `openLetter`; a sentence also where it was changed, so that one letter holds up no other. */
export function tryOpen(letter: DeadLetterRecord, keys: LetterKeys): OpenedLetter | string {
  try {
    return openLetter(letter, keys);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return `it cannot be opened: ${error.message}`;
  }
}
