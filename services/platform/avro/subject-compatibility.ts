import { COMPATIBILITY } from '@kafkajs/confluent-schema-registry';
import { EngineError } from '../../core/errors.ts';
import type { RegistryConnection } from '../runtime/connections.ts';
import { statusFault } from './registry-errors.ts';
import { askRegistry } from './registry-request.ts';

/** Old readers read new records and new readers read all old ones, over every version. */
export const compatibility = COMPATIBILITY.FULL_TRANSITIVE;

/**
 * Puts the compatibility on a subject that stands there without one; does nothing where there is no subject yet. (The
 * registry's client would do so after the first registration only, and refuse everybody who comes between the two.)
 */
export async function ensureCompatibility(connection: RegistryConnection, subject: string): Promise<void> {
  const path = `/config/${encodeURIComponent(subject)}`;
  const level = await readLevel(connection, path, subject);
  if (level === null || level === compatibility) return;
  if (level !== COMPATIBILITY.NONE) throw otherLevelError(subject, level);
  const { status } = await askRegistry(connection, path, { method: 'PUT', body: JSON.stringify({ compatibility }) });
  if (status < 300) return;
  // Refused because another process was faster: then it stands there now.
  if ((await readLevel(connection, path, subject)) !== compatibility) {
    throw statusFault(status, `setting the compatibility of ${subject}`);
  }
}

/** @returns null where the subject does not exist */
async function readLevel(connection: RegistryConnection, path: string, subject: string): Promise<string | null> {
  const { status, body } = await askRegistry(connection, path);
  if (status === 404) return null;
  if (status !== 200) throw statusFault(status, `asking for the compatibility of ${subject}`);
  const { compatibilityLevel } = JSON.parse(body) as { compatibilityLevel?: string };
  return compatibilityLevel ?? COMPATIBILITY.NONE;
}

function otherLevelError(subject: string, level: string): EngineError {
  return new EngineError(
    'ERR_SCHEMA_INCOMPATIBLE',
    `Subject ${subject} has compatibility ${level}; set it to ${compatibility} or use another topic prefix.`,
    { retryable: false, context: { subject, level } },
  );
}
