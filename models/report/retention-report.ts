import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { averagePrecision } from '../training/measures/average-precision.ts';
import { rankingCurve } from '../training/measures/ranking-curve.ts';
import { valueDeciles } from '../training/measures/value-deciles.ts';
import type { RunEvidence } from '../training/run-evidence.ts';
import { driftChart, importanceChart } from './feature-charts.ts';
import { probabilityCharts } from './probability-charts.ts';
import type { ReportChart, ReportPage } from './report-page.ts';

/** The report of a training run on orders. */
export function retentionReport(
  { name, version, metrics, trainedOn, currency }: ModelManifest,
  evidence: RunEvidence,
): ReportPage {
  const { churn, silent, importance, inputDrift, scoreDrift } = evidence;
  return {
    title: `Model ${name}/${version}`,
    introduction:
      `Trained on ${trainedOn['orders']} orders of ${trainedOn['customers']} customers before ${trainedOn['until']}. What is shown was measured on ` +
      `${metrics['rows']} customers at ${trainedOn['measuredAt']} by the rehearsal: nets and a calibration that have seen nothing of that cut. ` +
      'To leave means no purchase within 90 days.',
    figures: {
      ...metrics,
      averagePrecision90: averagePrecision(rankingCurve(churn, silent)),
      scoreStabilityIndex: scoreDrift,
    },
    charts: [
      ...probabilityCharts(churn, silent),
      valueChart(evidence, currency),
      importanceChart(importance, 'the newest cut'),
      driftChart(inputDrift, scoreDrift),
    ],
    notes: [
      'The model that is written was trained a label window later, on all cuts, by the same procedure; its own outcomes nobody knows yet.',
      'Counts grow with the length of the history before a cut, so lifetime features drift in every young business.',
    ],
  };
}

function valueChart({ expectedSpend, spend }: RunEvidence, currency: string): ReportChart {
  return {
    title: 'Value by decile',
    caption:
      'Mean expected and real spend of each tenth of the customers, by expected spend. Their relative gap is spendDecileMape.',
    kind: 'line',
    x: { title: 'decile of expected spend', domain: [1, 10] },
    y: { title: `spend within 90 days (${currency})` },
    points: valueDeciles(expectedSpend, spend).flatMap(({ predicted, real }, i) => [
      { x: i + 1, y: predicted, series: 'expected' },
      { x: i + 1, y: real, series: 'real' },
    ]),
  };
}
