import type { Elasticity } from './benchmark-document.ts';

/** What a quoted elasticity makes of a change; a sum on paper, no forecast. */
export interface SupposedEffect {
  readonly elasticity: Elasticity;
  readonly change: number;
  /** In per cent, the smaller first; null is open: the other end at least. */
  readonly low: number | null;
  readonly high: number | null;
  /** Nobody has checked what it was reckoned with. */
  readonly isVerified: false;
}

/**
 * What the elasticities of a driver make of a change of it, on a straight line through nothing. Effects of effects are not
 * followed: quoted figures multiplied with each other would say even less.
 * @param change in the unit of the elasticity
 */
export function whatIf(elasticities: readonly Elasticity[], driver: string, change: number): readonly SupposedEffect[] {
  return elasticities
    .filter((elasticity) => elasticity.driver === driver)
    .map((elasticity) => {
      const from = (elasticity.from * change) / elasticity.per;
      if (elasticity.to === null) {
        const [low, high] = from < 0 ? [null, from] : [from, null];
        return { elasticity, change, low, high, isVerified: false };
      }
      const to = (elasticity.to * change) / elasticity.per;
      return { elasticity, change, low: Math.min(from, to), high: Math.max(from, to), isVerified: false };
    });
}
