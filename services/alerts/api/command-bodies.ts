import { z } from 'zod';
import type { CommandVerb } from '../../core/commands/command-verbs.ts';
import { EngineError } from '../../core/errors.ts';
import { reasonCodes } from '../../core/reasons/reason-code.ts';

const name = z.string().trim().min(1).max(200);
const note = z.string().trim().min(1).max(2_000);
const time = z.iso.datetime({ offset: true, message: 'must be a time with its zone, like 2026-05-01T10:00:00Z' });
const result = z.enum(['kept', 'lost', 'unreachable', 'declined', 'done']);
const reason = z.enum(reasonCodes).optional().describe('What the customer named as the reason.');
const actor = name.optional().describe('Who does it, as the care system calls them; the name of the token otherwise.');

/** How long a claim may be held at most: two weeks. */
const maxLeaseMinutes = 20_160;
const leaseMinutes = z.int().min(1).max(maxLeaseMinutes).optional().describe('When the claim lapses unless answered.');

export const claimBody = z.strictObject({ actor, leaseMinutes });

/** What each verb of a task takes. */
export const taskCommandBodies = {
  claim: claimBody,
  assign: z.strictObject({ actor, owner: name.describe('A queue or a person.') }),
  respond: z.strictObject({ actor, note: note.optional() }),
  resolve: z.strictObject({ actor, result, reason, note: note.optional() }),
  snooze: z.strictObject({ actor, until: time, state: name.optional().describe('What is waited for, in a word.') }),
  escalate: z.strictObject({ actor, note: note.optional() }),
  outcome: z.strictObject({ actor, result, reason }),
  note: z.strictObject({ actor, note }),
} as const satisfies Partial<Record<CommandVerb, z.ZodObject>>;

export type TaskVerb = keyof typeof taskCommandBodies;

export const taskVerbs = Object.keys(taskCommandBodies) as TaskVerb[];

export const leaveAloneBody = z.strictObject({ actor, until: time.nullable().describe('Null ends it.') });

/** What any of the bodies may say. */
export interface CommandBody {
  readonly actor?: string | undefined;
  readonly leaseMinutes?: number | undefined;
  readonly owner?: string | undefined;
  readonly until?: string | null | undefined;
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly state?: string | undefined;
}

/** Checks a body. @throws ERR_USAGE naming every field that is wrong */
export function readCommandBody(schema: z.ZodType<CommandBody>, body: unknown): CommandBody {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  throw new EngineError('ERR_USAGE', `The body cannot be used. ${problems.join('; ')}.`, { retryable: false });
}
