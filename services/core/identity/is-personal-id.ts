const addressPattern = /[^\s@]@[^\s@]/;

const phonePatterns: readonly RegExp[] = [
  /^\+\d{8,15}$/, // international
  /^00[1-9]\d{8,13}$/, // international, dialled
  /^0[1-9]\d{8,9}$/, // national with trunk zero
  /^1[3-9]\d{9}$/, // Chinese mobile
];
/** Begins every text that one of the patterns fits, and most ids do not. */
const dialled = /^\s*(?:tel:)?[\s().-]*[+\d]/i;
const groupedNorthAmerican = /^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/;

/**
 * Whether an id is itself personal (an e-mail address or a phone number) and must not stand in clear in scores and
 * tasks. Plain runs of digits without a trunk zero pass as customer numbers, except Chinese mobile numbers.
 */
export function isPersonalId(id: string): boolean {
  if (addressPattern.test(id)) return true;
  if (!dialled.test(id)) return false;
  const text = id.trim().replace(/^tel:/i, '');
  if (groupedNorthAmerican.test(text)) return true;
  const digits = text.replace(/[ ().-]/g, '');
  return phonePatterns.some((pattern) => pattern.test(digits));
}
