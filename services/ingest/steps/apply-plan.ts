import type { EventMeaning, SourcePlan } from '../../core/plan/tracking-plan.ts';
import type { ClientEvent } from '../client-event.ts';
import type { PlannedEvent } from '../planned-event.ts';

/**
 * Puts an event into the words of the vocabulary.
 * @param plan of the event's source
 */
export function applyPlan(event: ClientEvent, plan: SourcePlan, planVersion: string): PlannedEvent {
  const meaning = meaningOf(event, plan);
  return { ...event, ...meaning, ...plan.arrange(meaning.type, event.properties), planVersion };
}

function meaningOf({ type, name }: ClientEvent, plan: SourcePlan): EventMeaning {
  if (type !== null) return { type, name: type === 'custom' ? name : null, isMapped: true };
  return name === null ? { type: 'custom', name, isMapped: true } : plan.meaningOf(name);
}
