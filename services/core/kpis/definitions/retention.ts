import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const retention: KpiDefinition = {
  key: 'retention',
  handbook: 'N3',
  version: 1,
  name: { en: 'Retention rate', zhCN: '客户保持率' },
  definition: {
    en: 'Of the customers with an order in the window before, those with an order in the window that ends with the period. The window is as long as the period, and three months where the period is a month; a monthly figure is therefore a sliding quarter.',
    zhCN: '前一窗口内有订单的客户中，在截至期末的窗口内再次下单的占比。窗口与周期等长，周期为月时取三个月，即月度数值为滚动三个月。',
  },
  formula: divide(cell('retained'), cell('retention_base')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: {
    en: 'Customers with an order in the window before; the window is the period, and three months where the period is a month.',
    zhCN: '前一窗口内有订单的客户；窗口与周期等长，周期为月时取三个月。',
  },
  caveats: [
    {
      en: 'A goal of 60 % here means that 40 % do not come back within the window; it does not contradict a churn of 5 %, which has another cohort and window.',
      zhCN: '本指标目标 60% 意味着窗口内有 40% 未回购；与流失率 5% 的目标并不矛盾，二者的客群和窗口不同。',
    },
    { en: 'While a period runs it grows until its end.', zhCN: '周期未结束时，数值会持续上升至期末。' },
  ],
  complement: 'churn_of_buyers',
};
