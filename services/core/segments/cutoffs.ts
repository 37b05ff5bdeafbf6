/** One cut-off of a scheme, as an activation carries it. */
export interface Cutoff {
  /** `scheme`, or `tenant/scheme` where a tenant has its own. */
  readonly scheme: string;
  /** Name of the cut-off in its scheme: a tier in share mode, `recency.1` and so on in RFM. */
  readonly tier: string;
  readonly cutoff: number;
}

/** Looks cut-offs up by scheme and name: those of the tenant first; undefined where there is none. */
export type CutoffLookup = (scheme: string, name: string) => number | undefined;

export function lookUpCutoffs(cutoffs: readonly Cutoff[], tenant: string): CutoffLookup {
  const found = new Map(cutoffs.map(({ scheme, tier, cutoff }) => [`${scheme}.${tier}`, cutoff]));
  return (scheme, name) => found.get(`${tenant}/${scheme}.${name}`) ?? found.get(`${scheme}.${name}`);
}
