import { describe, expect, it } from 'vitest';
import { buildCutTables } from '../../../models/training/build-cut-tables.ts';
import { fitInputs } from '../../../models/training/fit-inputs.ts';
import { groupOrders } from '../../../models/training/order-history.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';

describe('the inputs of a new model', () => {
  it('leave out features that say nothing in the training data', () => {
    const history = groupOrders(makeSyntheticOrders({ customers: 60, days: 480, seed: 5 }), 480);
    const names = fitInputs(buildCutTables(history!, [390, 420], { minorPerMajor: 100, horizonDays: 90 }), null).map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(['recency_days', 'recency_days_defined', 'order_amount_mean']));
    for (const unknown of ['logins_30', 'csat_last', 'csat_last_defined', 'points_balance']) {
      expect(names).not.toContain(unknown);
    }
  });
});
