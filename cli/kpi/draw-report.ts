import type { KpiReport } from '../../services/core/kpis/reports/kpi-report.ts';
import { reportToJson } from '../../services/core/kpis/reports/report-to-json.ts';
import { periodName } from '../../services/core/kpis/period.ts';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ArchivedFiles } from './report-archive.ts';
import { reportHtml } from './report-html.ts';
import { reportSections } from './report-sections.ts';
import { reportWord } from './report-words.ts';
import { scorecardCsv } from './scorecard-csv.ts';
import { describeComposite } from './scorecard-sections.ts';
import { sectionText } from './section-text.ts';

export const reportFormats = ['table', 'html', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** A report as a text of one format; CSV holds the scorecards alone, JSON both languages. */
export function drawReport(report: KpiReport, format: ReportFormat, language: ReportLanguage): string {
  const { scorecard, groups } = report;
  switch (format) {
    case 'json':
      return `${JSON.stringify(reportToJson(report), null, 2)}\n`;
    case 'csv':
      return scorecardCsv([scorecard, ...groups]);
    case 'html':
      return reportHtml([pageOf(report, language)]);
    case 'table':
      return tableOf(report, language);
  }
}

/** What an archive keeps of a report: the page holds both languages. */
export function archivedFiles(report: KpiReport): ArchivedFiles {
  return {
    'report.json': drawReport(report, 'json', 'en'),
    'report.html': reportHtml([pageOf(report, 'en'), pageOf(report, 'zh-CN')]),
    'report.csv': drawReport(report, 'csv', 'en'),
  };
}

function pageOf(report: KpiReport, language: ReportLanguage) {
  const lead = [describeComposite(report.scorecard, language)];
  return { language, title: titleOf(report, language), lead, sections: reportSections(report, language) };
}

function tableOf(report: KpiReport, language: ReportLanguage): string {
  const sections = reportSections(report, language).map((section) => sectionText(section, language));
  return [`${titleOf(report, language)}\n${describeComposite(report.scorecard, language)}\n`, ...sections].join('\n');
}

function titleOf({ report, scorecard }: KpiReport, language: ReportLanguage): string {
  const label = language === 'en' ? report.label.en : report.label.zhCN;
  return `${reportWord('report', language)}: ${label}, ${scorecard.tenant}, ${periodName(scorecard.period)}`;
}
