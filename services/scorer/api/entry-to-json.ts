import { maskValue } from '../../core/profile/mask-value.ts';
import type { ProfileEntry } from '../../core/profile/profile-entry.ts';

/**
 * `value` is null where the event said so, and also where `isReadable` says that it cannot be shown.
 * @param text the opened value; null where it says nothing, undefined where it cannot be read
 */
export function entryToJson({ origin, value }: ProfileEntry, text: string | null | undefined): object {
  const { source, channel, importId, eventId, occurredAt, receivedAt } = origin;
  const isMasked = value.kind === 'sealed' && typeof text === 'string';
  return {
    value: value.kind === 'clear' ? value.value : isMasked ? maskValue(text) : null,
    isMasked,
    isReadable: text !== undefined,
    source,
    channel,
    importId,
    eventId,
    occurredAt: new Date(occurredAt).toISOString(),
    receivedAt: new Date(receivedAt).toISOString(),
  };
}
