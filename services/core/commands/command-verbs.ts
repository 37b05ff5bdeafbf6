/** What can be asked of a task, a case, a customer or a member's points. */
export const commandVerbs = [
  // of a task
  'claim', 'assign', 'respond', 'resolve', 'snooze', 'escalate', 'outcome', 'note',
  // of a case
  'case-open', 'case-respond', 'case-progress', 'case-wait', 'case-resume', 'case-resolve', 'case-follow-up',
  'case-reopen', 'case-close', 'case-assign', 'case-sort',
  // of a customer
  'leave-alone',
  // of a member's points
  'points-correct',
] as const; // prettier-ignore

export type CommandVerb = (typeof commandVerbs)[number];

const known: ReadonlySet<string> = new Set<CommandVerb>(commandVerbs);

export function isCommandVerb(word: string): word is CommandVerb {
  return known.has(word);
}
