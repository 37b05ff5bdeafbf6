import type { CaseStatus } from './service-case.ts';

/** In the order a case goes through them. */
export const caseStatuses = [
  'opened',
  'responded',
  'handled',
  'resolved',
  'followed-up',
  'closed',
] as const satisfies readonly CaseStatus[];

const known: ReadonlySet<string> = new Set(caseStatuses);

export function isCaseStatus(text: string): text is CaseStatus {
  return known.has(text);
}
