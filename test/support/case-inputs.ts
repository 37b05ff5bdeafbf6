import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import type { CommandVerb } from '../../services/core/commands/command-verbs.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { aRecord } from './builders.ts';

const hour = 3_600_000;

/** An event of a case, so many hours after 1970. */
export function caseEvent(
  type: string,
  hours: number,
  properties: Readonly<Record<string, string | number | boolean>> = {},
  more: Partial<CustomerRecord> = {},
): CustomerRecord {
  const attributes = Object.entries({ caseId: 'c-1', ...properties })
    .map(([name, value]) => ({ name, value }))
    .filter(({ value }) => value !== '');
  return aRecord({ type, channel: 'call', amountMinor: null, occurredAt: hours * hour, attributes, ...more });
}

/** A command about the case `c-1`, so many hours after 1970. */
export function caseCommand(verb: CommandVerb, hours: number, more: Partial<RetentionCommand> = {}): RetentionCommand {
  return {
    commandId: `${verb}-${hours}`, tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff', verb, actor: 'agent',
    at: hours * hour, taskId: null, caseId: 'c-1', digest: '', owner: null, until: null, result: null, reason: null,
    note: null, state: null, nature: null, weight: null, isComplaint: null, channel: null, points: null,
    isToCustomer: null, by: null, ...more,
  }; // prettier-ignore
}
