import { chooseArm } from './choose-arm.ts';
import { obstacleTo, type OfferContext, type OfferObstacle, type OfferRule } from './offer-rules.ts';
import type { Policy } from './policy.ts';

/** A policy with what limits its actions. */
export interface ServedPolicy {
  readonly policy: Policy;
  /** Arms from the best for all to the worst, as the log judged them. */
  readonly order: readonly string[];
  readonly rules: ReadonlyMap<string, OfferRule>;
  /** Share of the answers that chance draws alike among what is allowed, so that a log of them can be learnt from. */
  readonly explore: number;
}

/** Why the action was chosen. */
export type ActionBasis = 'all-alike' | 'per-customer' | 'next-allowed' | 'explored';

export interface NextBestAction {
  /** Null when nothing is allowed. */
  readonly action: string | null;
  readonly basis: ActionBasis | null;
  /** Probability that this customer got this action; 0 where there is none. */
  readonly propensity: number;
  /** Reward expected above that of the best arm for all; null when all are treated alike. */
  readonly expectedGain: number | null;
  /** What was not allowed, and why. */
  readonly ruledOut: readonly { readonly action: string; readonly because: OfferObstacle }[];
}

export interface ActionRequest {
  /** Cells of the policy's context columns; empty where unknown. */
  readonly cells: readonly string[];
  readonly context: OfferContext;
  /** Number in [0, 1) that is drawn for the customer. */
  readonly draw: number;
}

/**
 * The action of one customer: the best of those allowed, or with the probability `explore` any of them alike. A policy
 * that treats all alike gives the first allowed one of its order.
 */
export function nextBestAction(
  { policy, order, rules, explore }: ServedPolicy,
  { cells, context, draw }: ActionRequest,
): NextBestAction {
  const obstacles = policy.arms.map((action) => ({ action, because: obstacleTo(action, rules.get(action), context) }));
  const ruledOut = obstacles.flatMap(({ action, because }) => (because === null ? [] : [{ action, because }]));
  const allowed = order.filter((arm) => ruledOut.every(({ action }) => action !== arm));
  if (allowed.length === 0) return { action: null, basis: null, propensity: 0, expectedGain: null, ruledOut };
  const { arm: wanted, values } = chooseArm(policy, cells);
  const valueOf = (arm: string): number => values?.[policy.arms.indexOf(arm)] ?? 0;
  const best = allowed.reduce((top, arm) => (valueOf(arm) > valueOf(top) ? arm : top));
  const isDrawn = draw < explore;
  const action = isDrawn ? allowed[Math.floor((draw / explore) * allowed.length)] : best;
  const chosen: ActionBasis = values === null ? 'all-alike' : 'per-customer';
  return {
    action,
    basis: action !== best ? 'explored' : best === wanted ? chosen : 'next-allowed',
    propensity: explore / allowed.length + (action === best ? 1 - explore : 0),
    expectedGain: values === null ? null : valueOf(action) - valueOf(policy.bestArm),
    ruledOut,
  };
}
