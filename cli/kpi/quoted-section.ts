import type { QuotedFigure } from '../../services/core/kpis/benchmarks/benchmark-document.ts';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** Figures that handbooks quote, each with its document and range. */
export function quotedSection(figures: readonly QuotedFigure[], language: ReportLanguage): ReportSection {
  return {
    title: reportWord('quoted', language),
    note: reportWord('quotedNote', language),
    heads: (['number', 'about', 'kind', 'figure', 'handbook', 'row'] as const).map((head) =>
      reportWord(head, language),
    ),
    rows: figures.map((figure) => [
      figure.kpi ?? '-',
      language === 'en' ? figure.text.en : figure.text.zhCN,
      reportWord(figure.kind, language),
      rangeOf(figure),
      figure.documents.join(', '),
      figure.row,
    ]),
    lights: null,
    isQuoted: true,
  };
}

const suffix = {
  percent: ' %',
  change: ' %',
  points: '',
  yuan: ' CNY',
  'yuan-per-month': ' CNY/month',
  years: ' y',
} as const;

/** `+15 % – +25 %`, `≥ 60 %`; a change has a sign, a level has none. */
function rangeOf({ from, to, unit }: QuotedFigure): string {
  const text = (figure: number): string => `${unit === 'change' && figure > 0 ? '+' : ''}${figure}${suffix[unit]}`;
  if (to === null) return `≥ ${text(from)}`;
  return from === to ? text(from) : `${text(from)} – ${text(to)}`;
}
