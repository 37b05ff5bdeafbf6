import type { CellName } from '../../services/core/kpis/cells.ts';
import type { InTwoLanguages } from '../../services/core/kpis/kpi-definition.ts';
import { exposedCells } from '../../services/core/kpis/exposed-cells.ts';
import { kpiRegistry } from '../../services/core/kpis/kpi-registry.ts';
import { cellMetric } from '../../services/core/kpis/metric-name.ts';
import { board } from './board.ts';
import { panel, query, rateBy, type Panel } from './panels.ts';

/** Only what some KPI reads is shown to Prometheus. */
const shown = new Set(exposedCells(kpiRegistry).map(({ op, cell }) => (op === 'cell' ? cell : null)));

/** Cells of this month beside those of the month before; several processes tell the same whole. */
function cellPanel(title: InTwoLanguages, about: InTwoLanguages, cells: readonly CellName[]): readonly Panel[] {
  const queries = cells
    .filter((cell) => shown.has(cell))
    .flatMap((cell) =>
      ['current', 'previous'].map((which) => {
        const { name } = cellMetric('cell', cell);
        const matchers = `job=~"$job",instance=~"$instance",tenant=~"$tenant",period="month",which="${which}"`;
        return query(`max by (tenant) (${name}{${matchers}})`, `{{tenant}} ${cell.replaceAll('_', ' ')} ${which}`);
      }),
    );
  return queries.length === 0 ? [] : [panel({ title, about, unit: 'short', queries, width: 12 })];
}

export const customerBase = board({
  name: 'customer-base',
  title: { en: 'Customer base', zhCN: '客户基盘' },
  jobs: 'scorer|alerts',
  tenantsOf: cellMetric('cell', 'customers').name,
  since: 'now-30d',
  panels: [
    ...cellPanel(
      { en: 'Customers', zhCN: '客户数' },
      {
        en: 'With an order and not lapsed, and known people without an order.',
        zhCN: '有订单且未流失的客户，以及尚无订单的潜在客户。',
      },
      ['customers', 'potential_customers'],
    ),
    ...cellPanel(
      { en: 'Entries', zhCN: '流入' },
      { en: 'New customers and potential ones of the month.', zhCN: '当月新客户与潜在客户。' },
      ['new_customers', 'potential_entries', 'potential_conversions'],
    ),
    ...cellPanel(
      { en: 'Lapsed and returned', zhCN: '流失与回流' },
      { en: 'Customers who became lapsed, and lapsed ones who came back.', zhCN: '当月进入流失的客户与回流客户。' },
      ['lapsed_entries', 'lapsed_returns'],
    ),
    ...cellPanel(
      { en: 'Buyers', zhCN: '购买客户' },
      {
        en: 'Customers with an order, with two or more, and those who did anything.',
        zhCN: '有订单、有两单以上及有任何行为的客户。',
      },
      ['buyers', 'repeat_buyers', 'active_customers'],
    ),
    panel({
      title: { en: 'Changes of tier and stage', zhCN: '等级与阶段变化' },
      about: { en: 'How often customers change their tier or stage.', zhCN: '客户等级或阶段变化的频率。' },
      unit: 'ops',
      queries: [query(rateBy('job', 'tidewatch_segment_changes_total'), 'changes')],
      width: 12,
    }),
    panel({
      title: { en: 'Scores by risk level', zhCN: '风险等级评分' },
      about: { en: 'Where customers stand as their scores come in.', zhCN: '随评分更新的客户风险位置。' },
      unit: 'ops',
      queries: [query(rateBy('level', 'tidewatch_scores_by_level_total'), '{{level}}')],
      width: 12,
    }),
  ],
});
