/** Whom an action is for. What a rule does not name does not limit it. */
export interface OfferRule {
  /** Purpose or channel that the customer must have consented to. */
  readonly consent: string | null;
  readonly regions: readonly string[] | null;
  readonly languages: readonly string[] | null;
  /** What one costs, in major units of the reporting currency. */
  readonly cost: number;
}

/** What whoever asks knows of the customer and of what there is to give; null where nothing is known. */
export interface OfferContext {
  readonly consents: readonly string[] | null;
  readonly region: string | null;
  readonly language: string | null;
  /** Most that the action may cost. */
  readonly budget: number | null;
  /** Actions there is nothing left of. */
  readonly outOfStock: readonly string[];
}

export const offerObstacles = ['consent', 'region', 'language', 'budget', 'stock'] as const;

export type OfferObstacle = (typeof offerObstacles)[number];

/**
 * What stands against an action; null when nothing does. A consent that is needed and not known is not given; of
 * everything else only what is known limits.
 */
export function obstacleTo(action: string, rule: OfferRule | undefined, context: OfferContext): OfferObstacle | null {
  const { consents, region, language, budget, outOfStock } = context;
  if (outOfStock.includes(action)) return 'stock';
  if (rule === undefined) return null;
  if (rule.consent !== null && !(consents ?? []).includes(rule.consent)) return 'consent';
  if (isElsewhere(rule.regions, region)) return 'region';
  if (isElsewhere(rule.languages, language)) return 'language';
  return budget !== null && rule.cost > budget ? 'budget' : null;
}

function isElsewhere(places: readonly string[] | null, place: string | null): boolean {
  return places !== null && place !== null && !places.includes(place);
}
