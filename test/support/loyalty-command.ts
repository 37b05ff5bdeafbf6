import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';

/** A correction of ten points, in the customer's favour. */
export function aPointsCommand(overrides: Partial<RetentionCommand> = {}): RetentionCommand {
  return {
    commandId: 'command-1',
    tenant: 'demo',
    surrogate: '00112233445566778899aabbccddeeff',
    verb: 'points-correct',
    actor: 'api',
    at: Date.UTC(2026, 0, 15, 12),
    taskId: null,
    caseId: null,
    digest: 'digest-1',
    owner: null,
    until: null,
    result: null,
    reason: null,
    note: 'goodwill',
    state: null,
    nature: null,
    weight: null,
    isComplaint: null,
    channel: null,
    points: 10,
    isToCustomer: null,
    by: null,
    ...overrides,
  };
}
