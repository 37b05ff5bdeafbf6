import { add, cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const returnOnResources: KpiDefinition = {
  key: 'return_on_resources',
  handbook: 'N25',
  version: 1,
  name: { en: 'Output of people and systems', zhCN: '人员与系统投入产出' },
  definition: {
    en: 'Money of orders in the period, less cancelled and returned ones, for each unit of money spent on people and systems in it.',
    zhCN: '期内订单金额（扣除取消与退货），与期内人员及系统投入之比。',
  },
  formula: divide(cell('revenue_minor'), add(cell('spend_people_minor'), cell('spend_system_minor'))),
  unit: 'ratio',
  direction: 'up',
  periods: monthlyKinds,
  period: 'quarter',
  dimensions: [],
  cohort: null,
  caveats: [],
};
