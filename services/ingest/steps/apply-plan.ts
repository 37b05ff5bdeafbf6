import type { EventMeaning, SourcePlan } from '../../core/plan/tracking-plan.ts';
import type { ClientEvent } from '../client-event.ts';
import type { PlannedEvent } from '../planned-event.ts';

/**
 * Puts an event into the words of the vocabulary.
 * @param plan of the event's source
 */
export function applyPlan(event: ClientEvent, plan: SourcePlan, planVersion: string): PlannedEvent {
  const { type, name, isMapped } = meaningOf(event, plan);
  const { properties, amount, currency } = plan.arrange(type, event.properties);
  // Field by field: putting three objects together takes several times as long, and every event comes by here.
  return {
    clientEventId: event.clientEventId,
    fault: event.fault,
    type,
    name,
    isMapped,
    userId: event.userId,
    anonymousId: event.anonymousId,
    time: event.time,
    properties,
    traits: event.traits,
    channelHints: event.channelHints,
    historical: event.historical,
    importId: event.importId,
    content: event.content,
    amount,
    currency,
    planVersion,
  };
}

function meaningOf({ type, name }: ClientEvent, plan: SourcePlan): EventMeaning {
  if (type !== null) return { type, name: type === 'custom' ? name : null, isMapped: true };
  return name === null ? { type: 'custom', name, isMapped: true } : plan.meaningOf(name);
}
