import { describe, expect, it } from 'vitest';
import { epochDayFromIso } from '../../../../services/core/events/epoch-day.ts';
import { emptyFeatures } from '../../../../services/core/features/empty-state.ts';
import {
  featureFamilies,
  featureIndex,
  featureNames,
  writeFeatures,
} from '../../../../services/core/features/feature-catalogue.ts';
import { foldCancellation } from '../../../../services/core/features/fold-cancellation.ts';
import { foldPurchase } from '../../../../services/core/features/fold-purchase.ts';

const asOf = epochDayFromIso('2026-01-16');

/** Features by name after purchases and cancellations so many days before asOf (1 is the last day included). */
function featuresOf(purchaseDaysAgo: readonly number[], cancelledDaysAgo: readonly number[] = []) {
  const features = emptyFeatures();
  for (const ago of purchaseDaysAgo) foldPurchase(features, { day: asOf - ago, amountMinor: 1250 }, asOf);
  for (const ago of cancelledDaysAgo) foldCancellation(features, { day: asOf - ago, amountMinor: 400 }, asOf);
  const vector = new Float64Array(featureNames.length).fill(-1);
  writeFeatures(features, asOf, 100, vector);
  return Object.fromEntries(featureNames.map((name, index) => [name, vector[index]]));
}

describe('the feature vector', () => {
  it('has this order, which models are trained on: new features go to the end', () => {
    expect(featureNames).toEqual([
      'purchase_days_30', 'purchase_days_60', 'purchase_days_90', 'purchase_days_180', 'purchase_days_365', 'spend_30',
      'spend_60', 'spend_90', 'spend_180', 'spend_365', 'recency_days', 'tenure_days', 'gap_mean', 'gap_sd', 'gap_last',
      'gap_max', 'recency_over_gap', 'purchase_days', 'orders', 'spend', 'spend_per_purchase_day', 'cancellations',
      'cancelled_amount', 'cancellations_90',
      'purchase_days_same_season', 'spend_same_season', 'order_amount_mean', 'spend_last_day', 'spend_day_max_365',
      'purchase_days_change_90', 'spend_change_90', 'silence_days', 'coupon_share_365', 'carts_abandoned_30',
      'carts_abandoned_90', 'cases_90', 'cases_reopened_365', 'cases_open', 'case_open_days', 'cases_unanswered',
      'cases_slow_90', 'case_days_ago', 'complaints_90', 'complaints_365', 'complaints_open', 'complaint_days_ago',
      'csat_last', 'csat_mean_365', 'csat_trend', 'csat_days_ago', 'nps_last', 'nps_mean_365', 'nps_trend',
      'nps_days_ago', 'low_scores_365', 'csat_spread_365', 'surveys_unanswered_365', 'contacts_sent_90',
      'contacts_opened_90', 'contacts_clicked_90', 'contacts_ignored', 'participations_90',
      'campaign_answers_change_90', 'offers_rejected_90', 'unsubscribes_365', 'contacts_call_90', 'contacts_chat_90',
      'contacts_message_90', 'contacts_store_90', 'contacts_online_90', 'contact_channels_365',
      'personal_contact_days_ago', 'feedback_unanswered_90', 'orders_delayed_90', 'order_delayed_days_ago',
      'need_changes_365', 'price_remarks_365', 'competitor_mentions_365', 'sessions_30', 'sessions_90', 'logins_30',
      'logins_90', 'features_used_30', 'features_used_90', 'product_views_30', 'product_views_90',
      'sessions_change_30', 'logins_change_30', 'features_used_change_30', 'usage_change_90', 'session_days_ago',
      'login_days_ago', 'points_earned_90', 'points_redeemed_90', 'points_balance', 'level_change_365',
      'coupons_redeemed_90', 'payments_failed_90', 'payment_failed_days_ago', 'contract_days_to_end',
      'contract_renewals', 'contracts_ended_365', 'services_downgraded_365', 'services_cancelled_365',
      'milestones_overdue_365',
    ]); // prettier-ignore
    expect(featureIndex('spend')).toBe(19);
    expect(featureIndex('spent')).toBeNull();
  });

  it('has a name of its own, a unit and a description for every feature', () => {
    const definitions = featureFamilies.flatMap((family) => family.definitions);
    expect(new Set(featureNames).size).toBe(definitions.length);
    for (const { description } of definitions) expect(description).toMatch(/duplicate/);
  });

  it('of somebody unknown has zero counts and no rhythm', () => {
    const features = featuresOf([]);
    for (const name of featureNames) {
      const isUndefined =
        /^(?:recency|tenure|gap|spend_per|silence|csat_(?!spread)|nps|contract_days)|_mean$|last_day|_change_\d|share|days_ago/.test(
          name,
        ) && name !== 'level_change_365';
      expect(features[name], name).toBe(isUndefined ? Number.NaN : 0);
    }
  });

  it('of one purchase has recency and tenure but no gaps', () => {
    expect(featuresOf([20])).toMatchObject({
      recency_days: 20,
      tenure_days: 20,
      gap_mean: Number.NaN,
      gap_last: Number.NaN,
      recency_over_gap: Number.NaN,
      spend_per_purchase_day: 12.5,
    });
  });

  it('of two purchase days has a mean gap but no deviation', () => {
    expect(featuresOf([10, 40])).toMatchObject({ gap_mean: 30, gap_sd: Number.NaN, gap_last: 30, gap_max: 30 });
  });

  it('takes the deviation of gaps as a sample', () => {
    // purchases  100 ── 50 ── 40 ── 10 days before asOf: gaps 50, 10, 30
    expect(featuresOf([10, 40, 50, 100])).toMatchObject({
      gap_mean: 30,
      gap_sd: 20,
      gap_last: 30,
      gap_max: 50,
      recency_over_gap: 1 / 3,
    });
  });

  it.each([30, 60, 90, 180, 365])(
    'has in its window of %d days the day that far back, not the one before',
    (window) => {
      expect(featuresOf([window, window])).toMatchObject({
        [`purchase_days_${window}`]: 1,
        [`spend_${window}`]: 25,
      });
      expect(featuresOf([window + 1])).toMatchObject({ [`purchase_days_${window}`]: 0, [`spend_${window}`]: 0 });
      expect(featuresOf([1])).toMatchObject({ [`purchase_days_${window}`]: 1, [`spend_${window}`]: 12.5 });
    },
  );

  it('counts cancellations apart from purchases, lately and ever', () => {
    expect(featuresOf([5], [1, 5, 90, 91])).toMatchObject({
      cancellations: 4,
      cancellations_90: 3,
      cancelled_amount: 16,
      purchase_days: 1,
      spend: 12.5,
    });
  });
});
