import type { CriteriaScheme, ShareScheme } from './segments-document.ts';

/**
 * A share scheme as ordered rules, one cut-off per tier under the tier's own name: who reaches it is in the tier, unless
 * a tier before took them. With cut-offs proposed from the same customers the shares are met up to ties and the error
 * of the sketch; `assign-shares.ts` meets them exactly, where everybody is known at once.
 */
export function shareRules({ tiers, announced }: ShareScheme): Pick<CriteriaScheme, 'tiers' | 'announced'> {
  return {
    announced,
    tiers: tiers.map(({ name, label, by }) => ({
      name,
      label,
      when: by === undefined ? undefined : { measure: by, at_least: name },
    })),
  };
}
