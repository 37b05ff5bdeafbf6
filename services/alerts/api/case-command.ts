import type { CommandVerb } from '../../core/commands/command-verbs.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { EpochMs } from '../../core/units.ts';

export type CaseDetails = Partial<
  Pick<
    RetentionCommand,
    'owner' | 'reason' | 'note' | 'state' | 'nature' | 'weight' | 'isComplaint' | 'channel' | 'isToCustomer' | 'by'
  >
>;

export interface CaseCommandRequest {
  readonly customer: CustomerKey;
  readonly verb: CommandVerb;
  readonly caseId: string | null;
  readonly details: CaseDetails;
  readonly actor: string;
  readonly at: EpochMs;
  /** The caller's Idempotency-Key, or a random one: the same key is the same command. */
  readonly key: string;
}

const nothing = {
  taskId: null, owner: null, until: null, result: null, reason: null, note: null, state: null, nature: null, weight: null,
  isComplaint: null, channel: null, points: null, isToCustomer: null, by: null,
} as const; // prettier-ignore

/** The command of a request. The id of a new case comes from the key, so that a repeated request opens one case. */
export function caseCommandOf(request: CaseCommandRequest, digest: Digest): RetentionCommand {
  const { customer, verb, details, actor, at, key } = request;
  const { tenant, surrogate } = customer;
  const commandId = digest.sha256Hex(JSON.stringify([tenant, key])).slice(0, 32);
  const caseId = request.caseId ?? `case-${digest.sha256Hex(JSON.stringify(['case', commandId])).slice(0, 16)}`;
  const asked = { ...nothing, ...details };
  const content = JSON.stringify([
    surrogate,
    verb,
    caseId,
    Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return {
    commandId,
    tenant,
    surrogate,
    verb,
    actor,
    at,
    caseId,
    digest: digest.sha256Hex(content).slice(0, 32),
    ...asked,
  };
}
