import type { EngineError } from '../core/errors.ts';
import type { EventQuality } from '../core/quality/quality-mark.ts';
import type { EpochMs } from '../core/units.ts';
import type { EventResult } from './event-result.ts';
import type { CheckedScore } from './quality/check-quality.ts';
import type { Sender } from './ingest-tenant.ts';

/** What ingest tells its observers; called per request, never per event. */
export interface IngestTelemetry {
  /** A request came; `isRetry` when the client says that it sent it before. */
  received(isRetry: boolean): void;
  /** Unfinished work of all requests. */
  inFlight(requests: number, bytes: number): void;
  /** A request was turned down because too much is unfinished. */
  turnedDown(): void;
  /** A request was answered 429. */
  rateLimited(): void;
  /** A limit could not be asked for; the request went on. */
  limitUnchecked(error: unknown): void;
  /** The installation file has changed: taken in force, or, with an error, not. */
  installationRead(error: unknown): void;
  /** Once per request that is answered 2xx. */
  answered(results: readonly EventResult[], droppedProperties: number, sender: Sender): void;
  /** What the events of an answered request say about the quality of their source. */
  observed(sender: Sender, receivedAt: EpochMs, events: readonly EventQuality[]): void;
  /** Counts of quality could not be written to Redis; they are kept for the next time. */
  qualityUnwritten(error: unknown): void;
  /** Events were accepted whose names the tracking plan does not know; one name per event. */
  unmapped(tenant: string, source: string, names: readonly string[]): void;
  /** The scheduled check has compared scores with their targets; every score that is known. */
  qualityChecked(scores: readonly CheckedScore[]): void;
  /** A score fell below its target, or has reached it again. */
  qualityChanged(score: CheckedScore): void;
  /** A scheduled check could not be made. */
  qualityUnchecked(error: unknown): void;
  /** Names that the plan does not know could not be written to Redis; they are kept for the next time. */
  unmappedUnwritten(error: unknown): void;
  /** Redis or Kafka failed; the client was asked to send again. */
  writeFailed(error: EngineError): void;
  /** An event broke a step: a defect of ours. */
  stepBroke(error: unknown): void;
  /** A request had another number of results than events: a defect of ours. */
  unbalanced(): void;
  /** Claims of written events could not be confirmed or given back: they lapse by themselves. */
  claimsLeft(count: number, error: unknown): void;
}
