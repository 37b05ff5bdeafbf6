import type { ComparedSlice } from '../../services/core/kpis/evaluation/compare-baseline.ts';
import type { Comparison, NoInterval } from '../../services/core/kpis/evaluation/compare-kpi.ts';
import { formatKpiValue, type ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { EffectRow } from '../../services/core/uplift/effect-report.ts';
import type { ReportSection } from './report-section.ts';

interface Format {
  readonly currency: string;
  readonly language: ReportLanguage;
}

const heads = {
  en: ['KPI', 'Version', 'Before', 'After', 'Difference', '95 % interval', 'Verdict'],
  'zh-CN': ['指标', '版本', '之前', '之后', '差值', '95% 区间', '结论'],
} as const;

const reasons: Readonly<Record<NoInterval, Readonly<Record<ReportLanguage, string>>>> = {
  'no-value': { en: 'none: no value before or after', 'zh-CN': '无：前后缺少数据' },
  'no-variance': {
    en: 'none: no spread is kept of means, sums and stocks',
    'zh-CN': '无：均值、合计与存量不保留离散度',
  },
  'not-a-part': { en: 'none: no share of cases', 'zh-CN': '无：并非占比' },
  'too-few': { en: 'none: fewer than 30 answers', 'zh-CN': '无：回答少于 30 份' },
  'unknown-cell': { en: 'none: the old definition cannot be counted any more', 'zh-CN': '无：旧口径已无法统计' },
};

const verdicts = {
  better: { en: 'better', 'zh-CN': '改善' },
  worse: { en: 'worse', 'zh-CN': '恶化' },
  open: { en: 'open: chance may have done it', 'zh-CN': '未定：可能出于偶然' },
} as const;

/** Each slice before and after. */
export function comparisonSections(slices: readonly ComparedSlice[], format: Format): readonly ReportSection[] {
  const { language } = format;
  return slices.map(({ before, slice, kpis }) => ({
    title: `${slice === null ? (language === 'en' ? 'All customers' : '全部客户') : `${slice.dimension}=${slice.value}`} (${before})`,
    note: null,
    heads: heads[language],
    rows: kpis.map((comparison) => comparisonCells(comparison, format)),
    lights: null,
    isQuoted: false,
  }));
}

function comparisonCells(
  { kpi, before, after, difference, interval, noInterval, verdict }: Comparison,
  format: Format,
) {
  const { language } = format;
  const shown = (value: number | null): string => (value === null ? '-' : formatKpiValue(value, kpi.unit, format));
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${formatKpiValue(value, kpi.unit, format)}`;
  return [
    language === 'en' ? kpi.name.en : kpi.name.zhCN,
    String(kpi.version),
    shown(before),
    shown(after),
    difference === null ? '-' : signed(difference),
    interval === null
      ? noInterval === null ? '-' : reasons[noInterval][language]
      : `${signed(interval.low)} – ${signed(interval.high)}`,
    verdict === null ? '-' : verdicts[verdict][language],
  ]; // prettier-ignore
}

const words = {
  title: { en: 'Against the hold-out group', 'zh-CN': '与对照组相比' },
  note: {
    en: 'Before and after differ for many reasons; only customers held out at the same time show what the playbooks did.',
    'zh-CN': '前后差异可能有多种原因；只有同期对照组才能说明维系方案本身的效果。',
  },
  heads: {
    en: ['Playbook', 'Treated', 'Held out', 'Churn, treated minus held out', '95 % interval'],
    'zh-CN': ['维系方案', '执行组', '对照组', '流失率差（执行组－对照组）', '95% 区间'],
  },
  all: { en: 'all', 'zh-CN': '全部' },
  none: { en: 'too few measured', 'zh-CN': '样本不足' },
} as const;

/** What playbooks changed by the customers they held out. */
export function holdoutSection(rows: readonly EffectRow[], language: ReportLanguage): ReportSection {
  return {
    title: words.title[language],
    note: words.note[language],
    heads: words.heads[language],
    rows: rows.map(({ playbook, customers, churn }) => [
      playbook ?? words.all[language],
      String(customers.treated.measured),
      String(customers.holdout.measured),
      churn === null ? words.none[language] : points(churn.difference),
      churn === null ? '-' : `${points(churn.low)} – ${points(churn.high)}`,
    ]),
    lights: null,
    isQuoted: false,
  };
}

function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}
