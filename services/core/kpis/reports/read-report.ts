import type { BenchmarkDocument } from '../benchmarks/benchmark-document.ts';
import type { MeasureDocument } from '../benchmarks/measure-document.ts';
import { acquisitionCosts, type AcquisitionCost } from '../costs/acquisition-cost.ts';
import { cohortRetention } from '../costs/cohort-retention.ts';
import { costLedger } from '../costs/cost-ledger.ts';
import { playbookCosts } from '../costs/playbook-costs.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import { readStageFlows } from '../flows/read-stage-flows.ts';
import type { InTwoLanguages } from '../kpi-definition.ts';
import type { KpiPlan } from '../kpi-plan.ts';
import { daysIn, isMonthly, monthlyPeriod, monthsIn, type Period } from '../period.ts';
import type { CellSource } from '../scorecard/cell-source.ts';
import { plannedEntries } from '../scorecard/planned-entries.ts';
import { readScorecard, readSlicedScorecards, type ScorecardsRequest } from '../scorecard/read-scorecards.ts';
import { targetTree } from '../scorecard/target-tree.ts';
import { findWeakPoints } from './find-weak-points.ts';
import type { KpiReport, ReportedDefinition } from './kpi-report.ts';
import { planOfReport } from './plan-of-report.ts';

export interface ReportRequest extends ScorecardsRequest {
  /** Which report of the plan: the KPIs it holds. */
  readonly report: string;
  /** What customer groups are made of. */
  readonly by: KpiDimension;
  readonly measures: MeasureDocument;
  readonly benchmarks: BenchmarkDocument;
  /** Days that the predicted lifetime value looks ahead. */
  readonly clvDays: number;
}

/** Key of the KPI whose target is the band of the acquisition cost. */
const acquisitionKpi = 'N7';

/** The report of a period of whole months. */
export async function readReport(source: CellSource, request: ReportRequest): Promise<KpiReport> {
  const { report, plan, period, by, measures, benchmarks } = request;
  const shown = { ...request, plan: planOfReport(plan, report) };
  const scorecard = await readScorecard(source, shown);
  const groups = await readSlicedScorecards(source, shown, by);
  const whole = await source.whole(period);
  return {
    report: { key: report, label: labelOf(plan, report) },
    scorecard,
    by,
    groups,
    tree: targetTree(scorecard, groups),
    weakPoints: findWeakPoints(scorecard, groups, measures.measures),
    flows: await readStageFlows(source, period),
    cohorts: whole === null ? [] : cohortRetention(whole),
    acquisition: await readAcquisition(source, plan, period),
    costs: whole === null ? [] : costLedger(whole, await source.slices(period, by), horizonOf(request)),
    playbooks: playbookCosts(await source.slices(period, 'playbook')),
    definitions: definitionsOf(plan, scorecard.lines),
    versions: { plan: plan.version, measures: measures.version, benchmarks: benchmarks.version },
    benchmarks: benchmarks.benchmarks,
  };
}

function labelOf({ reports }: KpiPlan, report: string): InTwoLanguages {
  return reports.get(report)?.label ?? { en: report, zhCN: report };
}

function horizonOf({ period, clvDays }: ReportRequest) {
  const [first, after] = daysIn(period);
  return { periodDays: after - first, clvDays };
}

/** Month by month. */
async function readAcquisition(source: CellSource, plan: KpiPlan, period: Period): Promise<readonly AcquisitionCost[]> {
  if (!isMonthly(period.kind)) return [];
  const [first, after] = monthsIn({ kind: period.kind, index: period.index });
  const months = Array.from({ length: after - first }, (_, i) => monthlyPeriod('month', first + i));
  const held = await Promise.all(
    months.map(async (month) => ({
      month,
      whole: await source.whole(month),
      channels: await source.slices(month, 'channel'),
    })),
  );
  const counted = held.flatMap(({ month, whole, channels }) =>
    whole === null ? [] : [{ period: month, whole, channels }],
  );
  return acquisitionCosts(counted, bandOf(plan));
}

function bandOf(plan: KpiPlan) {
  const entry = plannedEntries(plan, 'month').find(({ definition }) => definition.handbook === acquisitionKpi);
  return entry?.target?.green ?? null;
}

function definitionsOf(plan: KpiPlan, lines: readonly { readonly key: string }[]): readonly ReportedDefinition[] {
  const shown = new Set(lines.map(({ key }) => key));
  return plannedEntries(plan, 'month')
    .filter(({ definition }) => shown.has(definition.key))
    .map(({ definition: { key, version, handbook, definition }, formula }) => ({
      key,
      version,
      handbook,
      definition,
      formula,
    }));
}
