import { formatKpiValue, type ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { Scorecard } from '../../services/core/kpis/scorecard/scorecard.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** Satisfaction and recommendation, then retention, churn and repurchase. */
const crossed: ReadonlySet<string> = new Set(['N1', 'N2', 'N3', 'N4', 'N5']);

/** What customers say beside what they do, by customer group; a share and an index keep a column each. */
export function crossingSection(groups: readonly Scorecard[], language: ReportLanguage): ReportSection {
  const lines = groups.flatMap((group) => group.lines.filter(({ handbook }) => crossed.has(handbook)));
  const shown = new Map(lines.filter(({ value }) => value !== null).map((line) => [line.key, line]));
  return {
    title: reportWord('crossing', language),
    note: null,
    heads: [
      reportWord('group', language),
      ...[...shown.values()].map(({ name }) => (language === 'en' ? name.en : name.zhCN)),
    ],
    rows:
      shown.size === 0
        ? []
        : groups.map((group) => [groupName(group), ...[...shown.keys()].map((key) => valueIn(group, key, language))]),
    lights: null,
    isQuoted: false,
  };
}

function groupName({ slice }: Scorecard): string {
  return slice === null ? '' : slice.value;
}

function valueIn({ lines, currency }: Scorecard, key: string, language: ReportLanguage): string {
  const line = lines.find((each) => each.key === key);
  return line === undefined || line.value === null
    ? '-'
    : formatKpiValue(line.value, line.unit, { currency, language });
}
