import { cell, divide, opening } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const newCustomerRate: KpiDefinition = {
  key: 'new_customer_rate',
  handbook: 'N9',
  version: 1,
  name: { en: 'New-customer rate', zhCN: '新客户获取率' },
  definition: {
    en: 'Customers whose first order was in the period, divided by the customers when it began.',
    zhCN: '首单在期内的客户数，除以期初客户数。',
  },
  formula: divide(cell('new_customers'), opening('customers')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: [],
  cohort: {
    en: 'Customers with an order who were not lapsed when the period began.',
    zhCN: '期初有订单且未流失的客户。',
  },
  caveats: [],
};
