import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import type { CustomerFacts } from '../../services/core/segments/customer-facts.ts';
import type { EachCustomer } from '../../services/core/segments/propose-cutoffs.ts';
import type { SegmentPlan } from '../../services/core/segments/segment-plan.ts';
import type { TenantValuers } from '../../services/core/value/tenant-valuers.ts';
import type { SegmentTable } from './segment-table.ts';

/** All customers of a file, as segmentation sees them. */
export interface SegmentedCustomers {
  readonly plan: SegmentPlan;
  readonly tenant: string;
  readonly table: SegmentTable;
  readonly predictions: readonly (Prediction | null)[];
  /** Values the customer of a raw feature vector, under the same model. */
  readonly valueOf: TenantValuers;
}

/** Goes through the measures of all customers, in one array that is written anew for each. */
export function eachCustomer(customers: SegmentedCustomers): EachCustomer {
  const { plan, table } = customers;
  return (visit) => {
    const values = new Float64Array(plan.measures.names.length);
    for (let row = 0; row < table.customers.length; row++) {
      plan.measures.write(factsOfRow(customers, row), values);
      visit(values);
    }
  };
}

/** What segmentation reads of one of them. */
export function factsOfRow({ table, predictions, tenant, valueOf }: SegmentedCustomers, row: number): CustomerFacts {
  const at = row * featureNames.length;
  const prediction = predictions[row];
  return {
    features: table.raw,
    at,
    gapMedian: table.gapMedians[row],
    prediction,
    lifetimeValue: prediction === null ? null : (valueOf(tenant, table.raw, at, prediction)?.mean ?? null),
  };
}
