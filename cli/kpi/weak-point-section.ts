import type { WeakPoint } from '../../services/core/kpis/reports/weak-point.ts';
import { formatKpiValue, type ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** What misses its target, where most, and what is proposed. */
export function weakPointSection(
  points: readonly WeakPoint[],
  currency: string,
  language: ReportLanguage,
): ReportSection {
  return {
    title: reportWord('weak', language),
    note: null,
    heads: (['kpi', 'light', 'lost', 'worst', 'measure', 'via'] as const).map((head) => reportWord(head, language)),
    rows: points.map((point) => pointCells(point, { currency, language })),
    lights: { column: 1, of: points.map(({ line }) => line.light) },
    isQuoted: false,
  };
}

interface Format {
  readonly currency: string;
  readonly language: ReportLanguage;
}

function pointCells({ line, lostPoints, worst, measures }: WeakPoint, format: Format): string[] {
  const { language } = format;
  const where =
    worst === null
      ? '-'
      : `${worst.slice.dimension}=${worst.slice.value}: ${formatKpiValue(worst.value, line.unit, format)}`;
  const playbooks = [...new Set(measures.flatMap((measure) => measure.playbooks))];
  return [
    language === 'en' ? line.name.en : line.name.zhCN,
    line.light === null ? '-' : reportWord(line.light, language),
    lostPoints.toFixed(1),
    where,
    measures.map(({ text, row }) => `${language === 'en' ? text.en : text.zhCN} [${row}]`).join(' ') || '-',
    playbooks.join(', ') || '-',
  ];
}
