import { board } from './board.ts';
import { panel, query, rate, rateBy, series } from './panels.ts';

export const dataQuality = board({
  name: 'data-quality',
  title: { en: 'Data quality', zhCN: '数据质量' },
  jobs: 'ingest',
  tenantsOf: 'tidewatch_quality_values_total',
  since: 'now-2d',
  panels: [
    panel({
      title: { en: 'Quality by dimension', zhCN: '各维度质量' },
      about: { en: 'Share of good values now, by dimension.', zhCN: '当前各维度合格占比。' },
      unit: 'percentunit',
      queries: [
        query(
          `sum by (dimension) (${rate('tidewatch_quality_values_total', 'result="good",tenant=~"$tenant"')}) / sum by (dimension) (${rate('tidewatch_quality_values_total', 'tenant=~"$tenant"')})`,
          '{{dimension}}',
        ),
      ],
      width: 12,
    }),
    panel({
      title: { en: 'Score by source', zhCN: '数据源评分' },
      about: {
        en: 'Share of good values of yesterday and today, as it is compared with its target.',
        zhCN: '昨天与今天的合格占比，与目标比较。',
      },
      unit: 'percentunit',
      queries: [query(series('tidewatch_quality_score', 'tenant=~"$tenant"'), '{{source}} {{dimension}}')],
      width: 12,
    }),
    panel({
      title: { en: 'Below target', zhCN: '低于目标' },
      about: { en: 'Sources and dimensions below their target.', zhCN: '低于目标的数据源与维度数。' },
      unit: 'short',
      queries: [query(`sum(${series('tidewatch_quality_below_target', 'tenant=~"$tenant"')})`, 'below')],
      isStat: true,
    }),
    panel({
      title: { en: 'Cleaned values', zhCN: '清洗的值' },
      about: { en: 'Values that a cleaning rule changed.', zhCN: '被清洗规则修改的值。' },
      unit: 'ops',
      queries: [query(rateBy('rule', 'tidewatch_quality_cleaned_total'), '{{rule}}')],
    }),
    panel({
      title: { en: 'Surplus fields', zhCN: '多余字段' },
      about: { en: 'Fields left out by an allow-list.', zhCN: '被白名单剔除的字段。' },
      unit: 'ops',
      queries: [query(rateBy('job', 'tidewatch_quality_surplus_fields_total'), 'surplus')],
    }),
  ],
});
