/**
 * Version of a packed profile: its first byte. Numbers as in `../features/state-format.ts`, texts as length and UTF-8.
 *
 *     1, number of origins, per origin:
 *       source, 0 or 1 and the import id, channel, event id, 0 or 1 and the key id, occurredAt, receivedAt (both signed)
 *     number of entries, per entry: number of its origin, name, kind of its value (place in `valueKinds`), then
 *       sealed: length, bytes; clear: the value as JSON text
 */
export const profileFormatVersion = 1;

export const valueKinds = ['sealed', 'clear', 'large', 'retracted'] as const;
