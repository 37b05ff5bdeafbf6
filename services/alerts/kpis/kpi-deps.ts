import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { KpiFact } from '../../core/kpis/kpi-fact.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { KpiStore } from '../../core/ports/kpi-store.ts';
import type { LogBoundsReader } from '../../core/ports/log-bounds.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { KpiTelemetry } from './kpi-telemetry.ts';
import type { KpiTenants } from './kpi-tenant.ts';

/** What counting works with. */
export interface KpiDeps {
  readonly store: KpiStore;
  /** Of the topic of facts. */
  readonly bounds: LogBoundsReader;
  readonly sink: LogSink;
  readonly codecs: { readonly facts: RecordCodec<KpiFact>; readonly deadLetters: RecordCodec<DeadLetterRecord> };
  /** Topic of dead letters. */
  readonly deadLetters: string;
  readonly clock: Clock;
  readonly tenants: KpiTenants;
  /** Digest of the rules that facts are counted by, those of every tenant. */
  readonly rules: string;
  readonly telemetry: KpiTelemetry;
  /** Seals the original bytes, which belong to no known tenant. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}
