import type { EpochMs, Surrogate } from '../units.ts';
import type { CommandVerb } from './command-verbs.ts';

/** What a person or a care system asks, field for field as in `schemas/retention-command.v1.avsc`. */
export interface RetentionCommand {
  /** From the caller's Idempotency-Key where there is one; a command is applied once for each. */
  readonly commandId: string;
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly verb: CommandVerb;
  readonly actor: string;
  /** When it was accepted. */
  readonly at: EpochMs;
  readonly taskId: string | null;
  readonly caseId: string | null;
  /** Hash of what is asked, so that one Idempotency-Key for two things is noticed. */
  readonly digest: string;
  readonly owner: string | null;
  readonly until: EpochMs | null;
  readonly result: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  /** A named waiting state. */
  readonly state: string | null;
  readonly nature: string | null;
  readonly weight: string | null;
  readonly isComplaint: boolean | null;
  readonly channel: string | null;
  readonly points: number | null;
  readonly isToCustomer: boolean | null;
  readonly by: string | null;
}
