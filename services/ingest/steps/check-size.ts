import type { DeadLetter } from '../../core/outcome.ts';
import { reject } from './reject.ts';

/**
 * Refuses an event that is larger than one may be.
 * @param original the event as it was sent
 * @returns null when it may pass
 */
export function checkSize(original: string, maxBytes: number): DeadLetter | null {
  // Up to three bytes per UTF-16 code unit: most events need no counting.
  if (original.length * 3 <= maxBytes) return null;
  const bytes = Buffer.byteLength(original, 'utf8');
  if (bytes <= maxBytes) return null;
  const detail = `the event has ${bytes} bytes and may have ${maxBytes}; send fewer or shorter properties`;
  return reject('ERR_EVENT_TOO_LARGE', detail);
}
