import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { monthlyKinds } from '../period.ts';

export const surveyCoverage: KpiDefinition = {
  key: 'survey_coverage',
  handbook: 'N1',
  version: 1,
  name: { en: 'Survey coverage', zhCN: '调查覆盖率' },
  definition: {
    en: 'Customers who were asked anything in the period, divided by customers with a fulfilled order or a case that was followed up in the same period.',
    zhCN: '期内被发起过调查的客户数，除以同期有订单履约或有服务单完成回访的客户数。',
  },
  formula: divide(cell('survey_asked'), cell('survey_entitled')),
  unit: 'share',
  direction: 'up',
  periods: monthlyKinds,
  period: 'month',
  dimensions: ['tier', 'stage'],
  cohort: {
    en: 'Customers with a fulfilled order or a followed-up case in the period.',
    zhCN: '期内有订单履约或服务单回访的客户。',
  },
  caveats: [
    {
      en: 'Customers who are asked without having been entitled count above the line only; the share can pass 1.',
      zhCN: '未达到调查条件而被调查的客户只计入分子，比值可能超过 1。',
    },
    {
      en: 'A cap on how often customers may be asked keeps it under 1 for good reason.',
      zhCN: '调查频次上限会使其低于 1，属正常情况。',
    },
  ],
};
