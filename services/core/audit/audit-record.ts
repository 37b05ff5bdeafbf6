import type { EpochMs, Surrogate } from '../units.ts';

/** Who did, or was refused, what: one record of `tidewatch.audit.v1`, field for field as in its schema. */
export interface AuditRecord {
  /** Hash of the cause and what was done; a redelivery gives the same. */
  readonly auditId: string;
  readonly tenant: string;
  readonly at: EpochMs;
  /** Who sent the command, or `engine`. */
  readonly actor: string;
  readonly action: string;
  readonly result: 'done' | 'refused' | 'withheld';
  /** Why it was refused or withheld. */
  readonly reason: string | null;
  readonly surrogate: Surrogate | null;
  /** Id of the task, case, delivery or file it was done to. */
  readonly subject: string | null;
  readonly playbook: string | null;
  readonly note: string | null;
}
