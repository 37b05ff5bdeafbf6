import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';

let builtCommands = 0;

/** A claim by `care-1` at noon of 2026-01-15. Every call makes another id, so that two are copies only where a test says so. */
export function aCommand(overrides: Partial<RetentionCommand> = {}): RetentionCommand {
  builtCommands += 1;
  return {
    commandId: builtCommands.toString(16).padStart(32, '0'),
    tenant: 'demo',
    surrogate: '00112233445566778899aabbccddeeff',
    verb: 'claim',
    actor: 'care-1',
    at: Date.UTC(2026, 0, 15, 12),
    taskId: null,
    caseId: null,
    digest: '',
    owner: null,
    until: null,
    result: null,
    reason: null,
    note: null,
    state: null,
    nature: null,
    weight: null,
    isComplaint: null,
    channel: null,
    points: null,
    isToCustomer: null,
    by: null,
    ...overrides,
  };
}
