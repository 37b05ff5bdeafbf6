import { assignShares } from '../../services/core/segments/assign-shares.ts';
import type { Cutoff } from '../../services/core/segments/cutoffs.ts';
import type { ShareScheme } from '../../services/core/segments/segments-document.ts';
import { eachCustomer, factsOfRow, type SegmentedCustomers } from './segmented-customers.ts';

/**
 * Places of all customers in every scheme and machine, in the order of `plan.names`; null where there is none. Nobody has
 * a place before, so there is no hysteresis; since everybody is known, share mode is exact.
 */
export function assignTable(
  customers: SegmentedCustomers,
  tierCutoffs: readonly Cutoff[],
): readonly (readonly (string | null)[])[] {
  const { plan, tenant, table } = customers;
  const segmenter = plan.segmenterFor(tenant, { activationId: '', tierCutoffs });
  const rows = table.customers.map((_, row) => [...segmenter.placesOf(factsOfRow(customers, row), null)]);
  for (const [name, rule] of Object.entries(plan.document.schemes)) {
    if (rule.mode !== 'share') continue;
    const column = plan.names.indexOf(name);
    const places = exactShares(rule, customers);
    places.forEach((place, row) => {
      rows[row][column] = rule.tiers[place].name;
    });
  }
  return rows;
}

function exactShares({ tiers }: ShareScheme, customers: SegmentedCustomers): readonly number[] {
  const { plan, table } = customers;
  const columns = tiers.map(({ by }) => (by === undefined ? -1 : plan.measures.indexOf(by)));
  const ranked: { readonly id: string; readonly by: readonly number[] }[] = [];
  eachCustomer(customers)((values) => {
    const by = columns.map((column) => (column < 0 ? Number.NaN : values[column]));
    ranked.push({ id: table.customers[ranked.length], by });
  });
  return assignShares(tiers, ranked);
}
