import type { EventType } from '../events/event-types.ts';
import type { FoundProperty } from './find-properties.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an event means under a plan. */
export interface EventMeaning {
  readonly type: EventType;
  /** The sender's own name of a `custom` event; null for all others. */
  readonly name: string | null;
  /** Whether the plan knows the name; also true where it calls it `custom` on purpose. */
  readonly isMapped: boolean;
}

export interface PlannedProperties {
  /** Under our names, without the money. */
  readonly properties: Values;
  /** The first amount that says something, else one that is null; null where there is none. */
  readonly amount: FoundProperty | null;
  readonly currency: FoundProperty | null;
}

/** The plan for one source. */
export interface SourcePlan {
  meaningOf(name: string): EventMeaning;
  arrange(type: EventType, properties: Values): PlannedProperties;
}

/** A compiled tracking plan: what senders' names mean. */
export interface TrackingPlan {
  /** What records carry as `planVersion`. */
  readonly version: string;
  forSource(tenant: string, source: string): SourcePlan;
}
