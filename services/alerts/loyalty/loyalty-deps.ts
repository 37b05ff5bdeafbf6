import type { AuditRecord } from '../../core/audit/audit-record.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { DueCustomers } from '../../core/ports/due-customers.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { LoyaltyTelemetry } from './loyalty-telemetry.ts';
import type { LoyaltyTenant } from './loyalty-tenant.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { StateStore } from '../../core/ports/state-store.ts';

/** What the pipeline, the sweep and the routes of loyalty work with. */
export interface LoyaltyDeps {
  readonly store: StateStore;
  readonly due: DueCustomers;
  readonly sink: LogSink;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly telemetry: LoyaltyTelemetry;
  readonly tenants: ReadonlyMap<string, LoyaltyTenant>;
  readonly codecs: {
    readonly events: RecordCodec<CustomerRecord>;
    readonly commands: RecordCodec<RetentionCommand>;
    readonly audit: RecordCodec<AuditRecord>;
  };
  readonly topics: { readonly events: string; readonly commands: string; readonly audit: string };
}
