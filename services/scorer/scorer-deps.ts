import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { CustomerIndex } from '../core/ports/customer-index.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { LogSink } from '../core/ports/log.ts';
import type { ModelScorer } from '../core/ports/model-scorer.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { Tracer } from '../core/ports/tracer.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { ReasonTeller } from '../core/reasons/create-reason-teller.ts';
import type { KpiFact } from '../core/kpis/kpi-fact.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import type { SegmentPlan } from '../core/segments/segment-plan.ts';
import type { CustomerCache } from './customer-cache.ts';
import type { PartitionControls } from './partition-controls.ts';
import type { ScorerTenant } from './scorer-tenant.ts';
import type { ScorerTelemetry } from './telemetry.ts';

/** Everything the scorer's stages work with; built in `app.ts`. */
export interface ScorerDeps {
  readonly store: StateStore;
  /** What is known of customers besides their events; see `steps/keep-profiles.ts`. */
  readonly profiles: StateStore;
  readonly index: CustomerIndex;
  readonly sink: LogSink;
  readonly model: ModelScorer;
  /** Tells the reasons of scores of `model`. */
  readonly tellReasons: ReasonTeller;
  /** Lets heartbeats, requests and scrapes have their turn within a chunk that takes long. */
  readonly takeTurns: () => Promise<void>;
  /** Hash of the loaded model, as activations name it. */
  readonly modelHash: string;
  /** The loaded segment configuration. */
  readonly segments: SegmentPlan;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  readonly cache: CustomerCache;
  readonly controls: PartitionControls;
  readonly telemetry: ScorerTelemetry;
  /** Absent: nothing is traced. */
  readonly tracer?: Tracer;
  readonly codecs: {
    readonly events: RecordCodec<CustomerRecord>;
    readonly scores: RecordCodec<Score>;
    readonly latest: RecordCodec<Score>;
    readonly segments: RecordCodec<SegmentChanges>;
    readonly facts: RecordCodec<KpiFact>;
    readonly deadLetters: RecordCodec<DeadLetterRecord>;
  };
  readonly topics: {
    readonly scores: string;
    readonly latest: string;
    readonly segments: string;
    readonly facts: string;
    readonly deadLetters: string;
    readonly late: string;
  };
  /** Seals the original bytes of a dead letter. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}
