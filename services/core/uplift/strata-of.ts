import { emptyArm, joinArms, type ArmSums } from './arm-sums.ts';
import { isDrawn, type ArmTally } from './arm-tally.ts';

/** Customers that chance divided with one share of the holdout, under one playbook. */
export interface Stratum {
  readonly holdoutShare: number;
  readonly treated: ArmSums;
  readonly holdout: ArmSums;
}

/** The customers of these tallies whom chance divided, apart where they were drawn differently. */
export function strataOf(tallies: readonly ArmTally[]): readonly Stratum[] {
  const drawn = tallies.filter(({ draw, opened }) => opened > 0 && isDrawn(draw));
  const groups = Map.groupBy(drawn, ({ draw }) => JSON.stringify([draw.tenant, draw.playbook, draw.holdoutShare]));
  // In one order, so that sums of fractions are the same whichever task came first.
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([, of]) => ({
    holdoutShare: of[0].draw.holdoutShare,
    treated: sumArm(of, 'treated'),
    holdout: sumArm(of, 'holdout'),
  }));
}

function sumArm(tallies: readonly ArmTally[], arm: 'treated' | 'holdout'): ArmSums {
  return tallies
    .filter(({ draw }) => draw.arm === arm)
    .map((tally) => tally.sums())
    .reduce(joinArms, emptyArm);
}
