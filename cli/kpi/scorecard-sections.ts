import { formatKpiValue, type ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import { formatTarget } from '../../services/core/kpis/scorecard/format-target.ts';
import type { Scorecard, ScorecardLine, Trend } from '../../services/core/kpis/scorecard/scorecard.ts';
import type { TargetNode } from '../../services/core/kpis/scorecard/target-tree.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** The composite in a sentence, with how much of the weight it rests on. */
export function describeComposite({ composite }: Scorecard, language: ReportLanguage): string {
  const { score, coveredWeight, weight } = composite;
  const head = reportWord('composite', language);
  if (score === null) return `${head}: ${reportWord('noComposite', language)}`;
  const [covered, all] = [coveredWeight, weight].map((points) => Number(points.toFixed(2)));
  return `${head}: ${score.toFixed(1)} ${reportWord('ofWeight', language, covered, all)}`;
}

const heads = [
  'number', 'kpi', 'owner', 'value', 'target', 'achievement', 'light', 'weight', 'previous', 'yearBefore', 'industry',
] as const; // prettier-ignore

/** The lines of a scorecard. */
export function scorecardSection(scorecard: Scorecard, language: ReportLanguage): ReportSection {
  const { lines, currency, slice } = scorecard;
  const title = reportWord('scorecard', language);
  return {
    title: slice === null ? title : `${title}: ${slice.dimension}=${slice.value}`,
    note: null,
    heads: heads.map((head) => reportWord(head, language)),
    rows: lines.map((line) => lineCells(line, { currency, language })),
    lights: { column: heads.indexOf('light'), of: lines.map(({ light }) => light) },
    isQuoted: false,
  };
}

interface Format {
  readonly currency: string;
  readonly language: ReportLanguage;
}

function lineCells(line: ScorecardLine, format: Format): string[] {
  const { handbook, name, owners, value, target, unit, achievement, light, weight, industry } = line;
  const { language } = format;
  const shown = (figure: number | null): string => (figure === null ? '-' : formatKpiValue(figure, unit, format));
  return [
    handbook,
    language === 'en' ? name.en : name.zhCN,
    owners.join(', '),
    shown(value),
    target === null ? '-' : formatTarget(target, unit, format),
    achievement === null ? '-' : achievement.toFixed(1),
    light === null ? '-' : reportWord(light, language),
    weight === 0 ? '-' : String(Number(weight.toFixed(2))),
    trendText(line.previous, line, format),
    trendText(line.yearBefore, line, format),
    shown(industry),
  ];
}

/** `+1.2 % (better)` in the unit of the KPI; a share moves in points of a per cent. */
function trendText(trend: Trend | null, { unit }: ScorecardLine, format: Format): string {
  if (trend === null) return '-';
  const { difference, isBetter } = trend;
  const text = `${difference > 0 ? '+' : ''}${formatKpiValue(difference, unit, format)}`;
  if (isBetter === null) return text;
  return `${text} ${isBetter ? '▲' : '▼'}`;
}

/** The target tree, a row for each node, indented by its level. */
export function treeSection(tree: TargetNode, language: ReportLanguage): ReportSection {
  return {
    title: reportWord('tree', language),
    note: null,
    heads: (['node', 'composite', 'covered'] as const).map((head) => reportWord(head, language)),
    rows: nodeRows(tree, 0, language),
    lights: null,
    isQuoted: false,
  };
}

function nodeRows(node: TargetNode, depth: number, language: ReportLanguage): string[][] {
  const { score, coveredWeight, weight } = node.composite;
  const name = node.kind === 'company' ? `${reportWord('company', language)} (${node.name})` : node.name;
  const row = [
    `${'· '.repeat(depth)}${name}`,
    score === null ? '-' : score.toFixed(1),
    `${Number(coveredWeight.toFixed(2))} / ${Number(weight.toFixed(2))}`,
  ];
  return [row, ...node.children.flatMap((child) => nodeRows(child, depth + 1, language))];
}
