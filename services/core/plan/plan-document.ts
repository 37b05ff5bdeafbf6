import type { EventType } from '../events/event-types.ts';
import type { QualityTargets } from '../quality/quality-targets.ts';

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
  /** The only properties and traits that are kept; absent where all are. */
  readonly keep?: PropertyNames | undefined;
  /** Fields that such an event should fill; absent where others say. */
  readonly expect?: PropertyNames | undefined;
}

/** Names of events and of their properties. */
export interface PlanScope {
  readonly events: Readonly<Partial<Record<EventType, PlannedType>>>;
  /** Properties that are money in any event. */
  readonly amount: PropertyNames;
  readonly currency: PropertyNames;
  readonly properties: Readonly<Record<string, PropertyNames>>;
  /** ISO 3166-1 alpha-2 of telephone numbers without a country code. */
  readonly country?: string | undefined;
  /** What the data of these sources is used for. */
  readonly purpose?: string | undefined;
}

/** A tracking plan as a business writes it. */
export interface PlanDocument extends PlanScope {
  /** What records carry as `planVersion`. */
  readonly version: string;
  /** Whether sources without a purpose are off. */
  readonly purposes?: 'optional' | 'required' | undefined;
  readonly quality?: QualityTargets | undefined;
  /** `tenant/source`, or `tenant/*` → what differs there. */
  readonly sources: Readonly<Record<string, PlanScope>>;
}
