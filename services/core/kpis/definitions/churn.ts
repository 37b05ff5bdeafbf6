import { cell, divide, opening } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const churn: KpiDefinition = {
  key: 'churn',
  handbook: 'N4',
  version: 1,
  name: { en: 'Churn rate', zhCN: '客户流失率' },
  definition: {
    en: 'Customers who became lapsed in the period, divided by the customers when it began. Who is lapsed is said by the stage of the primary lifecycle machine, which waits for silence by the rules of the segment configuration.',
    zhCN: '期内转为流失的客户数，除以期初客户数。是否流失由主生命周期状态机的阶段判定，按分群配置中的静默规则执行。',
  },
  formula: divide(cell('lapsed_entries'), opening('customers')),
  unit: 'share',
  direction: 'down',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier'],
  cohort: {
    en: 'Customers with an order who were not lapsed when the period began.',
    zhCN: '期初有订单且未流失的客户。',
  },
  caveats: [
    {
      en: 'The loss is noticed when the silence has lasted long enough (180 days as shipped), so it tells of the past.',
      zhCN: '静默达到规定天数（默认 180 天）才判定流失，反映的是此前的流失。',
    },
    {
      en: 'Not the complement of retention: window and cohort differ. churn_of_buyers is.',
      zhCN: '并非保持率的补数：窗口和客群不同；补数见 churn_of_buyers。',
    },
  ],
};
