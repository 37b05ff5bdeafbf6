import { counterId } from '../signals/signal-counters.ts';
import { signalFamily, signalFeature, sumIn } from '../signals/signal-feature.ts';
import { countOf } from '../signals/sparse-counts.ts';

/** Points, levels and coupons. */
export const loyalty = signalFamily(
  'Loyalty',
  '`points.earned` and `points.redeemed` with their `points` (rounded, without sign), `member.level_changed` with ' +
    '`direction`, or `level` and `previousLevel` as numbers, and `coupon.redeemed`.',
  [
    sumIn('points_earned', 'pointsEarned', 90, 'Points earned'),
    sumIn('points_redeemed', 'pointsRedeemed', 90, 'Points redeemed'),
    signalFeature(
      {
        name: 'points_balance',
        unit: 'count',
        description:
          'Points earned less points redeemed, ever, below 0 where earlier ones were not reported; 0 without any.',
      },
      (_signals, { signalTotals }) =>
        countOf(signalTotals, counterId.pointsEarned) - countOf(signalTotals, counterId.pointsRedeemed),
    ),
    signalFeature(
      {
        name: 'level_change_365',
        unit: 'count',
        description: 'Rises less falls of the member level in the 365 days before asOf; 0 where there is none.',
      },
      (signals) => signals.sum('levelUps', 365) - signals.sum('levelDowns', 365),
    ),
    sumIn('coupons_redeemed', 'couponsRedeemed', 90, 'Coupons redeemed'),
  ],
);
