import type { KpiReport } from '../../services/core/kpis/reports/kpi-report.ts';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import { acquisitionSection, cohortSection, costSection, playbookSection } from './cost-sections.ts';
import { crossingSection } from './crossing-section.ts';
import { flowSection } from './flow-section.ts';
import { quotedSection } from './quoted-section.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';
import { scorecardSection, treeSection } from './scorecard-sections.ts';
import { weakPointSection } from './weak-point-section.ts';

/** Every table of a report in the order it is read; quoted figures come last and by themselves. */
export function reportSections(report: KpiReport, language: ReportLanguage): readonly ReportSection[] {
  const { scorecard } = report;
  const format = { currency: scorecard.currency, language };
  return [
    scorecardSection(scorecard, language),
    treeSection(report.tree, language),
    weakPointSection(report.weakPoints, scorecard.currency, language),
    crossingSection(report.groups, language),
    flowSection(report.flows, language),
    cohortSection(report.cohorts, language),
    acquisitionSection(report.acquisition, format),
    costSection(report.costs, format),
    playbookSection(report.playbooks, format),
    definitionSection(report, language),
    quotedSection(report.benchmarks, language),
  ];
}

function definitionSection({ definitions }: KpiReport, language: ReportLanguage): ReportSection {
  return {
    title: reportWord('definitions', language),
    note: null,
    heads: (['kpi', 'version', 'definition'] as const).map((head) => reportWord(head, language)),
    rows: definitions.map(({ key, version, definition }) => [
      key,
      String(version),
      language === 'en' ? definition.en : definition.zhCN,
    ]),
    lights: null,
    isQuoted: false,
  };
}
