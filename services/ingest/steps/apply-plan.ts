import type { EventMeaning, SourcePlan, TrackingPlan } from '../../core/plan/tracking-plan.ts';
import type { ClientEvent } from '../client-event.ts';
import type { Sender } from '../ingest-tenant.ts';
import type { PlannedEvent } from '../planned-event.ts';

/** Puts an event into the words of the vocabulary, by the plan of its source. */
export function applyPlan(event: ClientEvent, plan: TrackingPlan, sender: Sender): PlannedEvent {
  const sourcePlan = plan.forSource(sender.tenant.id, sender.source);
  const meaning = meaningOf(event, sourcePlan);
  return { ...event, ...meaning, ...sourcePlan.arrange(meaning.type, event.properties), planVersion: plan.version };
}

function meaningOf({ type, name }: ClientEvent, plan: SourcePlan): EventMeaning {
  if (type !== null) return { type, name: type === 'custom' ? name : null, isMapped: true };
  return name === null ? { type: 'custom', name, isMapped: true } : plan.meaningOf(name);
}
