import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const orderProcessingTime: KpiDefinition = {
  key: 'order_processing_time',
  handbook: 'N23',
  version: 1,
  name: { en: 'Order processing time', zhCN: '订单处理时长' },
  definition: {
    en: 'Mean time from the placing of an order to its fulfilment, of orders fulfilled in the period.',
    zhCN: '期内履约的订单，从下单到履约的平均时长。',
  },
  formula: divide(cell('order_processing_ms'), cell('orders_fulfilled')),
  unit: 'milliseconds',
  direction: 'down',
  periods: periodKinds,
  period: 'quarter',
  dimensions: [],
  cohort: null,
  caveats: [
    {
      en: 'A mean where the handbook thinks of medians: means add up over days and partitions, medians do not.',
      zhCN: '手册以中位数论，此处取平均值：平均值可跨日、跨分区累加，中位数不可。',
    },
  ],
};
