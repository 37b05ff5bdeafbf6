const pattern = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** Epoch milliseconds of a time in ISO 8601; null for anything else. */
export function parseEventTime(text: string): number | null {
  if (!pattern.test(text)) return null;
  const at = Date.parse(/\d\d:\d\d.*(?:Z|[+-]\d\d)/i.test(text) || !text.includes(':') ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
