import { campaigns } from './families/campaigns.ts';
import { cancellations } from './families/cancellations.ts';
import { care } from './families/care.ts';
import { channels } from './families/channels.ts';
import { complaints } from './families/complaints.ts';
import { contracts } from './families/contracts.ts';
import { couponsAndCarts } from './families/coupons-and-carts.ts';
import { loyalty } from './families/loyalty.ts';
import { orderAmounts } from './families/order-amounts.ts';
import { payments } from './families/payments.ts';
import { purchaseLifetime } from './families/purchase-lifetime.ts';
import { purchaseRhythm } from './families/purchase-rhythm.ts';
import { purchaseWindows } from './families/purchase-windows.ts';
import { sameSeason } from './families/same-season.ts';
import { satisfaction } from './families/satisfaction.ts';
import { service } from './families/service.ts';
import { silence } from './families/silence.ts';
import { usage } from './families/usage.ts';
import type { FeatureFamily } from './feature-definition.ts';
import { createVectorWriter } from './vector-writer.ts';

/** Every feature family, in the order of the feature vector. New families go to the end. */
export const featureFamilies: readonly FeatureFamily[] = [
  purchaseWindows,
  purchaseRhythm,
  purchaseLifetime,
  cancellations,
  sameSeason,
  orderAmounts,
  silence,
  couponsAndCarts,
  service,
  complaints,
  satisfaction,
  campaigns,
  channels,
  care,
  usage,
  loyalty,
  payments,
  contracts,
];

/** Names of the features in the order of the vector. */
export const featureNames: readonly string[] = featureFamilies.flatMap((family) =>
  family.definitions.map((definition) => definition.name),
);

const indexes: ReadonlyMap<string, number> = new Map(featureNames.map((name, index) => [name, index]));

/** Place of a feature in the vector; null for a name that is no feature. */
export function featureIndex(name: string): number | null {
  return indexes.get(name) ?? null;
}

/** Computes the feature vector: `featureNames.length` numbers, in the order of `featureNames`. */
export const writeFeatures = createVectorWriter(featureFamilies);
