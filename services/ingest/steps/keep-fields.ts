import { normaliseName } from '../../core/plan/normalise-name.ts';
import type { SourcePlan } from '../../core/plan/tracking-plan.ts';
import type { JsonObject } from '../json-object.ts';
import type { PlannedEvent } from '../planned-event.ts';

export interface KeptFields {
  readonly event: PlannedEvent;
  /** How many properties and traits were left out. */
  readonly surplus: number;
}

/** Leaves out every property and trait that the allow-list of the event's type does not name. */
export function keepFields(event: PlannedEvent, plan: SourcePlan): KeptFields {
  const names = plan.keptNames(event.type);
  if (names === null) return { event, surplus: 0 };
  const properties = pick(event.properties, names);
  const traits = pick(event.traits, names);
  const surplus = sizeOf(event.properties) + sizeOf(event.traits) - sizeOf(properties) - sizeOf(traits);
  return { event: { ...event, properties, traits }, surplus };
}

function pick(values: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(normaliseName(name))));
}

function sizeOf(values: JsonObject): number {
  return Object.keys(values).length;
}
