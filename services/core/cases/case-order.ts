import type { EpochMs, Surrogate } from '../units.ts';

const highest = 999_999_999_999;
const form = /^\d{12}:\d{16}:([^:\s]{1,3000}):([0-9a-f]{32})$/;

/**
 * Place of a case in lists: such keys sort as text like priority (highest first), then opening (oldest first), then id
 * and customer. A priority counts in thousandths, up to 100 million.
 */
export function caseOrderKey(
  priority: number,
  {
    openedAt,
    caseId,
    surrogate,
  }: { readonly openedAt: EpochMs; readonly caseId: string; readonly surrogate: Surrogate },
): string {
  const rank = highest - Math.round(Math.min(Math.max(priority, 0), 1e8) * 1000);
  const opened = String(Math.max(0, openedAt)).padStart(16, '0');
  return `${String(rank).padStart(12, '0')}:${opened}:${encodeURIComponent(caseId.toWellFormed())}:${surrogate}`;
}

/** The case that a key is of; null for a text that is no key. */
export function readCaseOrderKey(text: string): { readonly caseId: string; readonly surrogate: Surrogate } | null {
  const [, encoded, surrogate] = form.exec(text) ?? [];
  if (encoded === undefined || surrogate === undefined) return null;
  try {
    return { caseId: decodeURIComponent(encoded), surrogate };
  } catch {
    return null;
  }
}
