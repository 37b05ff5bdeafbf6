/** Why a command is refused, and what whoever sent it can do. */
export const commandFaults = {
  'unknown-task': 'the customer has no such task; look at its id',
  'unknown-case': 'the customer has no such case; look at its id',
  'already-resolved': 'the task is resolved already',
  'task-ended': 'the task has expired or was withdrawn; nothing can be done with it any more',
  'claimed-by-other': 'somebody else has taken it; ask them, or have it assigned',
  'not-answered': 'the task is neither answered nor ended yet, so it has no outcome',
  holdout: 'the customer is left alone so that the effect can be measured; nothing is done with such a task',
  'last-step': 'there is nobody left to escalate to',
  'too-long': 'it lies in the past, or further ahead than it may',
  'other-content': 'the same Idempotency-Key was used for something else; use a new one',
  'case-exists': 'a case with this id stands already',
  'too-many-cases': 'the customer has too many cases that are not solved; solve or close some first',
  'case-closed': 'the case is closed; open it again first',
  'not-resolved': 'the case is not resolved yet',
  'not-open-again': 'the case is not resolved, so it cannot be opened again',
  'no-follow-up': 'nobody has asked the customer yet whether it is really solved; follow up first',
  'no-cause-code': 'a case needs a cause code before it is closed',
  'case-resolved': 'the case is resolved already',
  incomplete: 'the command lacks something that its verb needs',
} as const satisfies Record<string, string>;

export type CommandFault = keyof typeof commandFaults;
