import { COMPATIBILITY } from '@kafkajs/confluent-schema-registry';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';

/** Old readers read new records and new readers read all old ones, over every version. */
export const compatibility = COMPATIBILITY.FULL_TRANSITIVE;

const timeoutMs: DurationMs = 5_000;
const mediaType = 'application/vnd.schemaregistry.v1+json';

/**
 * Puts the compatibility on a subject that stands there without one; does nothing where there is no subject yet. (The
 * registry's client would do so after the first registration only, and refuse everybody who comes between the two.)
 */
export async function ensureCompatibility(url: string, subject: string): Promise<void> {
  const address = `${url.replace(/\/+$/, '')}/config/${encodeURIComponent(subject)}`;
  const level = await readLevel(address, subject);
  if (level === null || level === compatibility) return;
  if (level !== COMPATIBILITY.NONE) throw otherLevelError(subject, level);
  const put = await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: JSON.stringify({ compatibility }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Refused because another process was faster: then it stands there now.
  if (!put.ok && (await readLevel(address, subject)) !== compatibility) throw statusError(put.status, subject);
}

/** @returns null where the subject does not exist */
async function readLevel(address: string, subject: string): Promise<string | null> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
  if (answer.status === 404) return null;
  if (!answer.ok) throw statusError(answer.status, subject);
  const { compatibilityLevel } = (await answer.json()) as { compatibilityLevel?: string };
  return compatibilityLevel ?? COMPATIBILITY.NONE;
}

function statusError(status: number, subject: string): EngineError {
  return new EngineError(
    'ERR_REGISTRY_UNAVAILABLE',
    `The schema registry answered ${status} when asked for the compatibility of ${subject}; it is asked again.`,
    { retryable: true, context: { status, subject } },
  );
}

function otherLevelError(subject: string, level: string): EngineError {
  return new EngineError(
    'ERR_SCHEMA_INCOMPATIBLE',
    `Subject ${subject} has compatibility ${level}; set it to ${compatibility} or use another topic prefix.`,
    { retryable: false, context: { subject, level } },
  );
}
