import { cell, divide } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import { periodKinds } from '../period.ts';

export const renewal: KpiDefinition = {
  key: 'renewal',
  handbook: 'N19',
  version: 1,
  name: { en: 'Renewal rate', zhCN: '续约率' },
  definition: {
    en: 'Contracts that ended in the period with a contract of the same customer signed from 90 days before to 90 days after, divided by contracts that ended in it.',
    zhCN: '期内到期的合同中，同一客户在到期前后 90 天内签订新合同的占比。',
  },
  formula: divide(cell('contracts_renewed'), cell('contracts_due')),
  unit: 'share',
  direction: 'up',
  periods: periodKinds,
  period: 'quarter',
  dimensions: [],
  cohort: { en: 'Contracts that ended in the period.', zhCN: '期内到期的合同。' },
  caveats: [{ en: 'Grows for 90 days after the period.', zhCN: '周期结束后 90 天内仍会上升。' }],
};
