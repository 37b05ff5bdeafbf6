import { periodName } from '../period.ts';
import type { Scorecard } from '../scorecard/scorecard.ts';
import { scorecardToJson } from '../scorecard/scorecard-to-json.ts';
import type { TargetNode } from '../scorecard/target-tree.ts';
import type { KpiReport } from './kpi-report.ts';

/** A report as `--format json` and the archive hold it: the same cells and files give the same text. */
export function reportToJson(report: KpiReport) {
  const { report: rule, scorecard, groups, tree, weakPoints, acquisition, definitions, benchmarks, ...rest } = report;
  return {
    format: 1,
    report: { key: rule.key, label: { en: rule.label.en, 'zh-CN': rule.label.zhCN } },
    scorecard: scorecardToJson(scorecard),
    by: rest.by,
    groups: groups.map((group: Scorecard) => scorecardToJson(group)),
    tree: nodeToJson(tree),
    weakPoints: weakPoints.map(({ line, lostPoints, worst, measures }) => ({
      kpi: line.key,
      lostPoints,
      worst,
      measures: measures.map(({ row, playbooks, text }) => ({
        row,
        playbooks,
        text: { en: text.en, 'zh-CN': text.zhCN },
      })),
    })),
    stages: rest.flows,
    cohorts: rest.cohorts,
    acquisition: acquisition.map(({ period, ...cost }) => ({ period: periodName(period), ...cost })),
    costs: rest.costs,
    playbooks: rest.playbooks,
    definitions: definitions.map(({ definition, ...kpi }) => ({
      ...kpi,
      text: { en: definition.en, 'zh-CN': definition.zhCN },
    })),
    versions: rest.versions,
    quotedNotMeasured: benchmarks.map(({ text, ...figure }) => ({
      ...figure,
      text: { en: text.en, 'zh-CN': text.zhCN },
    })),
  };
}

/** Composites of every node; the lines stand in the scorecards. */
function nodeToJson({ kind, name, composite, lines, children }: TargetNode): object {
  return { kind, name, composite, kpis: lines.map(({ key }) => key), children: children.map(nodeToJson) };
}
