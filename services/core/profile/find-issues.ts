import type { DurationMs, EpochMs } from '../units.ts';
import type { ProfileEntry } from './profile-entry.ts';
import type { ShownField } from './show-profile.ts';

/** Something about a profile that somebody should look at. */
export type ProfileIssue =
  /** Two sources said different things of one field within the time. */
  | { readonly kind: 'contradiction'; readonly field: string; readonly words: readonly ProfileEntry[] }
  /** Nobody has said anything about the customer for longer than the time. */
  | { readonly kind: 'stale'; readonly since: EpochMs };

export interface IssueRules {
  readonly now: EpochMs;
  /** Of words further apart the older one is outdated, which is no contradiction. */
  readonly contradictionMs: DurationMs;
  readonly staleMs: DurationMs;
}

/**
 * What is wrong with a profile by itself.
 * @param open text of a word; null where it says nothing, undefined where it cannot be read
 */
export function findIssues(
  fields: readonly ShownField[],
  open: (entry: ProfileEntry) => string | null | undefined,
  { now, contradictionMs, staleMs }: IssueRules,
): readonly ProfileIssue[] {
  if (fields.length === 0) return [];
  const issues: ProfileIssue[] = [];
  let since = -Infinity;
  for (const { name, now: last, others } of fields) {
    since = Math.max(since, last.origin.occurredAt);
    const said = open(last);
    if (said === null || said === undefined) continue;
    const against = others.filter((other) => {
      const isNear = last.origin.occurredAt - other.origin.occurredAt <= contradictionMs;
      const text = isNear && other.origin.source !== last.origin.source ? open(other) : null;
      return text !== null && text !== undefined && text !== said;
    });
    if (against.length > 0) issues.push({ kind: 'contradiction', field: name, words: [last, ...against] });
  }
  if (now - since > staleMs) issues.push({ kind: 'stale', since });
  return issues;
}
