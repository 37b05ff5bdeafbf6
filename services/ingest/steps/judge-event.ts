import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Claim } from '../../core/ports/claim-store.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { TrackingPlan } from '../../core/plan/tracking-plan.ts';
import type { EventQuality } from '../../core/quality/quality-mark.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ClientEvent } from '../client-event.ts';
import { applyPlan } from './apply-plan.ts';
import { buildRecord } from './build-record.ts';
import type { RecordContext } from './build-record.ts';
import { checkSize } from './check-size.ts';
import { cleanEvent } from './clean-event.ts';
import { keepFields } from './keep-fields.ts';
import { observeQuality } from './observe-quality.ts';
import { readFacts } from './read-facts.ts';

/** An event that may go to the topic once its id is claimed. */
export interface WritableEvent {
  readonly claim: Claim;
  readonly surrogate: Surrogate;
  readonly value: Buffer;
  /** Properties that found no room in the record. */
  readonly dropped: number;
  /** Name that the plan does not know, where it may stand in clear; null for all others. */
  readonly unmapped: string | null;
  readonly quality: EventQuality;
}

export interface JudgeContext extends RecordContext {
  readonly codec: RecordCodec<CustomerRecord>;
  readonly maxEventBytes: number;
  readonly plan: TrackingPlan;
}

/**
 * Decides what an event is worth by itself, without looking at others: a record ready to be written, or a dead
 * letter; nothing at all where its source is off.
 * @param original the event as it was sent
 */
export function judgeEvent(event: ClientEvent, original: string, context: JudgeContext): Outcome<WritableEvent> {
  const { sender, receivedAt, codec, maxEventBytes } = context;
  const plan = context.plan.forSource(sender.tenant.id, sender.source);
  // First of all: whatever else is wrong with such an event, nothing of it may be kept.
  if (plan.isOff && (sender.purpose ?? null) === null) return { outcome: 'drop', reason: 'source-off' };
  const tooLarge = checkSize(original, maxEventBytes);
  if (tooLarge !== null) return tooLarge;
  const kept = keepFields(applyPlan(event, plan, context.plan.version), plan);
  const cleaned = cleanEvent(kept.event, plan.country, receivedAt);
  const facts = readFacts(cleaned.event, sender.tenant, receivedAt);
  if (facts.outcome !== 'ok') return facts;
  const record = buildRecord(cleaned.event, facts.value, context, cleaned.changes);
  const { tenant, source, eventId, contentHash, surrogate } = record;
  const claim = { tenant, source, eventId, contentHash };
  const { type, isMapped } = cleaned.event;
  const unmapped = isMapped ? null : record.name;
  const dropped = facts.value.sorted.dropped;
  const expectation = { expected: plan.expectedFields(type), targets: context.plan.quality, receivedAt };
  const marks = observeQuality(cleaned.event, cleaned.checks, facts.value, expectation);
  const quality = { type, marks, rules: cleaned.changes.map(({ rule }) => rule), surplus: kept.surplus };
  return { outcome: 'ok', value: { claim, surrogate, value: codec.encode(record), dropped, unmapped, quality } };
}
