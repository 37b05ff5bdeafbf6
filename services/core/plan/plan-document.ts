import type { EventType } from '../events/event-types.ts';

/** Sender's property names, the most reliable first; a dot leads into a nested object. Case and separators do not matter. */
export type PropertyNames = readonly string[];

/** What a plan says about one word of the vocabulary. */
export interface PlannedType {
  /** Senders' names of the event. */
  readonly names: readonly string[];
  /** Where the money of such an event stands, before those of the scope. */
  readonly amount: PropertyNames;
  /** Our name of a property → senders' names of it, before those of the scope. */
  readonly properties: Readonly<Record<string, PropertyNames>>;
}

/** Names of events and of their properties. */
export interface PlanScope {
  readonly events: Readonly<Partial<Record<EventType, PlannedType>>>;
  /** Properties that are money in any event. */
  readonly amount: PropertyNames;
  readonly currency: PropertyNames;
  readonly properties: Readonly<Record<string, PropertyNames>>;
}

/** A tracking plan as a business writes it. */
export interface PlanDocument extends PlanScope {
  /** What records carry as `planVersion`. */
  readonly version: string;
  /** `tenant/source`, or `tenant/*` → what differs there. */
  readonly sources: Readonly<Record<string, PlanScope>>;
}
