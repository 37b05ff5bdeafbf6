import type { EventType } from '../events/event-types.ts';
import type { QualityTargets } from '../quality/quality-targets.ts';
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
  /** Normalised names of the only properties and traits that are kept; null where all are. */
  keptNames(type: EventType): ReadonlySet<string> | null;
  /** Fields that such an event should fill. */
  expectedFields(type: EventType): readonly string[];
  /** ISO 3166-1 alpha-2 of telephone numbers without a country code. */
  readonly country: string | null;
  /** What the data of the source is used for. */
  readonly purpose: string | null;
  /** True where a purpose is needed and missing here; the keys of the source may have one. */
  readonly isOff: boolean;
}

/** A compiled tracking plan: what senders' names mean. */
export interface TrackingPlan {
  /** What records carry as `planVersion`. */
  readonly version: string;
  readonly quality: QualityTargets;
  forSource(tenant: string, source: string): SourcePlan;
}
