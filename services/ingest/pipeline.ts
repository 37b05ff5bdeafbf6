/*
 * From a request to one result per event. The order is what the promise "answered 2xx is in Kafka" rests on:
 *
 *   1 judge     each event by itself: a record ready to be written, or a reason why it can never be accepted
 *   2 claim     the ids of the good ones in Redis: ours, known (duplicate), known with other content (conflict), or
 *               being written by another request at this moment (then that event, or the whole request where the client
 *               cannot tell events apart, is to be sent again)
 *   3 produce   records of claimed ids and a dead letter for each rejected or conflicting event, acknowledged by all
 *               replicas; when that fails the claims are given back and the client is asked to send again
 *   4 confirm   the claims, so that the ids are duplicates from now on
 *   5 answer    2xx, with one result per event
 *
 * What a crash leaves behind. Between 2 and 3: claims that nobody confirms; they lapse after a minute, and until then
 * the client that sends again is told to wait, so nothing is lost. Between 3 and 4: records without a confirmed claim;
 * the client never got its answer, sends again after the claim lapsed, and the second copy is caught by the scorer's
 * ring of recent event ids. After 4: the client sends again and is told "duplicate".
 */
import { EngineError } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { Topics } from '../core/events/topics.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Claim, ClaimStore } from '../core/ports/claim-store.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { TrackingPlan } from '../core/plan/tracking-plan.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { LogSink, OutgoingRecord } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import { noTracer, type Tracer, type TraceSpan } from '../core/ports/tracer.ts';
import type { EpochMs } from '../core/units.ts';
import type { ClientEvent } from './client-event.ts';
import type { Deadline } from './deadline.ts';
import type { EventResult } from './event-result.ts';
import { ingestLimits } from './ingest-limits.ts';
import type { IngestTelemetry } from './ingest-telemetry.ts';
import type { Sender } from './ingest-tenant.ts';
import { claimEvents } from './steps/claim-events.ts';
import type { ClaimedEvents } from './steps/claim-events.ts';
import { collectOutgoing } from './steps/collect-outgoing.ts';
import { collectQuality } from './steps/collect-quality.ts';
import { decideResults } from './steps/decide-results.ts';
import { judgeEvent } from './steps/judge-event.ts';
import type { WritableEvent } from './steps/judge-event.ts';
import { pickUnmapped } from './steps/pick-unmapped.ts';
import { reject } from './steps/reject.ts';
import type { Translation } from './translation.ts';

export interface IngestRequest {
  readonly sender: Sender;
  readonly events: readonly ClientEvent[];
  /** Whether the client can be asked to send single events again; else it is asked for all of them. */
  readonly retriesEvents?: boolean;
  /** The event at an index as the client sent it. */
  original(index: number): string;
  /** How the events were translated, for their dead letters; absent where no dialect did. */
  readonly translation?: Translation;
}

export type IngestAnswer =
  /** Every event has its result, and what had to be written is in Kafka. */
  | { readonly done: true; readonly results: readonly EventResult[] }
  /** Nothing is promised; the client shall send all of it again. */
  | { readonly done: false; readonly code: ErrorCode; readonly detail: string; readonly settled: Promise<void> };

export interface IngestPipeline {
  ingest(request: IngestRequest): Promise<IngestAnswer>;
  /** Judges the events by themselves (step 1) and writes nothing. */
  judge(request: IngestRequest): readonly Outcome<WritableEvent>[];
}

export interface IngestDeps {
  readonly codec: RecordCodec<CustomerRecord>;
  readonly deadLetterCodec: RecordCodec<DeadLetterRecord>;
  readonly sink: LogSink;
  readonly claims: ClaimStore;
  readonly clock: Clock;
  readonly digest: Digest;
  /** The tracking plan in force now. */
  readonly plan: () => TrackingPlan;
  readonly deadline: Deadline;
  readonly topics: Pick<Topics, 'events' | 'eventsDeadLetter'>;
  /** Partitions of the events topic. */
  readonly partitions: number;
  readonly telemetry: IngestTelemetry;
  readonly tracer?: Tracer;
  /** Largest event, as it was sent. */
  readonly maxEventBytes?: number;
  /** False where refused events have their dead letters already. True when absent. */
  readonly keepsRefused?: boolean;
}

interface Batch extends IngestRequest {
  readonly span: TraceSpan | null;
  readonly receivedAt: EpochMs;
  readonly judged: readonly Outcome<WritableEvent>[];
  readonly writable: readonly WritableEvent[];
}

const nothingOpen = Promise.resolve();

export function createIngestPipeline(deps: IngestDeps): IngestPipeline {
  const judgeAll = createJudge(deps);
  const settleClaims = createClaimSettler(deps);
  const write = createWriter(deps, settleClaims);
  const { tracer = noTracer } = deps;

  return {
    judge: (request) => judgeAll(request).judged,
    async ingest(request) {
      const batch = { ...judgeAll(request), span: tracer.begin('ingest events') };
      try {
        const wanted = batch.writable.map((event) => event.claim);
        const claimed = await claimEvents(wanted, deps.claims);
        if (request.retriesEvents === true || !claimed.results.includes('pending')) return await write(batch, claimed);
        await settleClaims('release', claimed.held);
        return sendAgain(
          'ERR_EVENT_PENDING',
          'one of these events is being written by another request; send them again',
        );
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        deps.telemetry.writeFailed(error);
        return sendAgain(error.code, 'the events could not be written now; send them again');
      } finally {
        batch.span?.end();
      }
    },
  };
}

/** Steps 3 to 5. */
function createWriter(deps: IngestDeps, settleClaims: SettleClaims) {
  async function publish(records: readonly OutgoingRecord[], held: readonly Claim[]): Promise<void> {
    try {
      await deps.sink.publish(records);
    } catch (error) {
      await settleClaims('release', held);
      throw error;
    }
    await settleClaims('confirm', held);
  }

  return async (batch: Batch, claimed: ClaimedEvents): Promise<IngestAnswer> => {
    const results = decideResults(batch.events, batch.judged, claimed.results);
    const publishing = publish(collectOutgoing(batch, results, deps), claimed.held);
    if (!(await deps.deadline(publishing, ingestLimits.acknowledgeMs))) {
      // It may still arrive: the claims are settled, and the memory given free, when Kafka has answered after all.
      const settled = publishing.catch(() => undefined);
      return sendAgain(
        'ERR_LOG_UNAVAILABLE',
        'Kafka has not acknowledged the events in time; send them again',
        settled,
      );
    }
    const dropped = batch.writable.reduce((sum, event) => sum + event.dropped, 0);
    deps.telemetry.answered(
      results.filter(({ result }) => result !== 'retry'),
      dropped,
      batch.sender,
    );
    if (results.length !== batch.events.length) deps.telemetry.unbalanced();
    deps.telemetry.observed(batch.sender, batch.receivedAt, collectQuality(batch.judged, results));
    const unmapped = pickUnmapped(batch.judged, results);
    if (unmapped.length > 0) deps.telemetry.unmapped(batch.sender.tenant.id, batch.sender.source, unmapped);
    return { done: true, results };
  };
}

function createJudge({ clock, codec, digest, plan, telemetry, maxEventBytes = ingestLimits.eventBytes }: IngestDeps) {
  return (request: IngestRequest): Batch => {
    const { sender } = request;
    const context = { sender, receivedAt: clock.now(), digest, codec, plan: plan(), maxEventBytes };
    const judged = request.events.map((event, index): Outcome<WritableEvent> => {
      try {
        return judgeEvent(event, request.original(index), context);
      } catch (error) {
        telemetry.stepBroke(error);
        return reject('ERR_INTERNAL', 'the event met a defect of this service; it is kept and can be replayed');
      }
    });
    const writable = judged.flatMap((outcome) => (outcome.outcome === 'ok' ? [outcome.value] : []));
    return { ...request, span: null, receivedAt: context.receivedAt, judged, writable };
  };
}

type SettleClaims = (how: 'confirm' | 'release', held: readonly Claim[]) => Promise<void>;

/** Confirms or gives back; claims that cannot be settled lapse by themselves, so a failure here fails nobody. */
function createClaimSettler({ claims, telemetry }: IngestDeps): SettleClaims {
  return async (how, held) => {
    if (held.length === 0) return;
    await claims[how](held).catch((error: unknown) => telemetry.claimsLeft(held.length, error));
  };
}

function sendAgain(code: ErrorCode, detail: string, settled = nothingOpen): IngestAnswer {
  return { done: false, code, detail, settled };
}
