import { isDrawn, type ArmTally } from './arm-tally.ts';
import { effectOf, type Arms, type Effect } from './effect.ts';
import { returnOnSpend, type ReturnOnSpend } from './return-on-spend.ts';
import { sampleRatio, type SampleRatio } from './sample-ratio.ts';
import { strataOf, type Stratum } from './strata-of.ts';

/** What is known of one playbook, of one of its segments, or of all playbooks together. */
export interface EffectRow {
  /** Null for all playbooks. */
  readonly playbook: string | null;
  /** Null for all segments. */
  readonly segment: string | null;
  readonly customers: {
    /** Drawn into each arm so far; of them measured. */
    readonly treated: { readonly opened: number; readonly measured: number };
    readonly holdout: { readonly opened: number; readonly measured: number };
    /** Never drawn: the playbook held nobody out, so they say nothing about an effect. */
    readonly undrawn: number;
  };
  /** Null while nobody was drawn. */
  readonly sampleRatio: SampleRatio | null;
  /** Each null while an arm has fewer than 30 measured customers. Churn and repurchase as shares. */
  readonly churn: Effect | null;
  readonly repurchase: Effect | null;
  /** Per customer, in minor units of the reporting currency; fractions, for it is a mean. */
  readonly margin: Effect | null;
  readonly returnOnSpend: ReturnOnSpend | null;
  /** Contact is shown to drive these customers away; only ever of a segment of a playbook. */
  readonly harms: boolean;
}

export interface EffectReport {
  /** Share of revenue that is margin, which money here was counted with. */
  readonly marginRate: number;
  readonly overall: EffectRow;
  readonly playbooks: readonly EffectRow[];
  /** Of each playbook. */
  readonly segments: readonly EffectRow[];
}

/** Fewer customers in an arm never get a verdict: far out in the tails the normal approximation is worth nothing. */
const fewestForVerdict = 100;
const familyError = 0.05;

/**
 * The effects of one tenant's playbooks.
 * @param known tallies of that tenant
 * @param marginRate from 0 to 1
 */
export function reportEffects(known: readonly ArmTally[], marginRate: number): EffectReport {
  const tallies = known.filter(({ opened }) => opened > 0);
  const byPlaybook = [...Map.groupBy(tallies, ({ draw }) => draw.playbook)].sort(byName);
  const playbooks = byPlaybook.map(([playbook, of]) => rowOf(of, marginRate, { playbook, segment: null }));
  const families = byPlaybook.map(([playbook, of]) => ({ playbook, segments: segmentsOf(of) }));
  const drawnSegments = families.flatMap(({ segments }) =>
    segments.filter(([, of]) => of.some(({ draw }) => isDrawn(draw))),
  );
  const error = familyError / Math.max(1, drawnSegments.length);
  const segments = families.flatMap(({ playbook, segments }, i) => {
    const isTrusted = playbooks[i].sampleRatio?.isMismatch === false;
    return segments.map(([segment, of]) => {
      const row = rowOf(of, marginRate, { playbook, segment });
      return { ...row, harms: isTrusted && row.sampleRatio?.isMismatch === false && isHarmed(strataOf(of), error) };
    });
  });
  return { marginRate, overall: rowOf(tallies, marginRate, { playbook: null, segment: null }), playbooks, segments };
}

function segmentsOf(tallies: readonly ArmTally[]): [string, ArmTally[]][] {
  const bySegment = Map.groupBy(tallies, ({ draw }) => draw.segment);
  return [...bySegment]
    .flatMap(([segment, of]): [string, ArmTally[]][] => (segment === null ? [] : [[segment, of]]))
    .sort(byName);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : Number(a > b);
}

function rowOf(
  tallies: readonly ArmTally[],
  marginRate: number,
  names: Pick<EffectRow, 'playbook' | 'segment'>,
): EffectRow {
  const strata = strataOf(tallies);
  const margin = scale(effectOf(armsOf(strata, 'revenue')), marginRate);
  const drawn = strata.map(({ treated, holdout, holdoutShare }) => ({
    treated: treated.opened,
    holdout: holdout.opened,
    holdoutShare,
  }));
  const undrawn = tallies.filter(({ draw }) => !isDrawn(draw)).reduce((sum, { opened }) => sum + opened, 0);
  return {
    ...names,
    customers: { treated: countArm(strata, 'treated'), holdout: countArm(strata, 'holdout'), undrawn },
    sampleRatio: strata.length > 0 ? sampleRatio(drawn) : null,
    churn: effectOf(armsOf(strata, 'churn')),
    repurchase: effectOf(armsOf(strata, 'repurchase')),
    margin,
    returnOnSpend: margin && returnOnSpend(margin, costOf(strata)),
    harms: false,
  };
}

function countArm(strata: readonly Stratum[], arm: 'treated' | 'holdout') {
  const sum = (figure: 'opened' | 'measured'): number => strata.reduce((all, of) => all + of[arm][figure], 0);
  return { opened: sum('opened'), measured: sum('measured') };
}

function armsOf(strata: readonly Stratum[], outcome: 'churn' | 'repurchase' | 'revenue'): Arms[] {
  return strata.map(({ treated, holdout }) => ({ treated: treated[outcome], holdout: holdout[outcome] }));
}

/** Of the customers that the effect is of. */
function costOf(strata: readonly Stratum[]): number {
  const compared = strata.filter(({ treated, holdout }) => treated.measured > 1 && holdout.measured > 1);
  return compared.reduce((sum, { treated }) => sum + treated.cost, 0);
}

/** Treating raises churn, and by more than chance makes of any segment of the tenant however often it is looked at. */
function isHarmed(strata: readonly Stratum[], error: number): boolean {
  const effect = effectOf(armsOf(strata, 'churn'), error);
  if (effect === null) return false;
  const { treated, holdout } = effect.customers;
  return Math.min(treated, holdout) >= fewestForVerdict && effect.alwaysLow > 0;
}

function scale(effect: Effect | null, by: number): Effect | null {
  if (effect === null) return null;
  const { customers, treated, holdout, difference, low, high, alwaysLow, alwaysHigh } = effect;
  return {
    treated: treated * by,
    holdout: holdout * by,
    difference: difference * by,
    low: low * by,
    high: high * by,
    alwaysLow: alwaysLow * by,
    alwaysHigh: alwaysHigh * by,
    customers,
  };
}
