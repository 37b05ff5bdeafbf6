import type { AuditRecord } from '../../services/core/audit/audit-record.ts';

/** An audit record of a task, as a state would owe it. */
export function anAudit(over: Partial<AuditRecord> = {}): AuditRecord {
  return {
    auditId: 'a'.repeat(32),
    tenant: 'demo',
    at: 1_000,
    actor: 'engine',
    action: 'opened',
    result: 'done',
    reason: null,
    surrogate: '0'.repeat(32),
    subject: null,
    playbook: null,
    note: null,
    ...over,
  };
}
