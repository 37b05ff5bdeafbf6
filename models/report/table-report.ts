import { averagePrecision } from '../training/measures/average-precision.ts';
import type { FeatureImportance } from '../training/measures/feature-importance.ts';
import { rankingCurve } from '../training/measures/ranking-curve.ts';
import type { TableFigures } from '../tables/table-figures.ts';
import { importanceChart } from './feature-charts.ts';
import { probabilityCharts } from './probability-charts.ts';
import type { ReportPage } from './report-page.ts';

export interface TableEvidence {
  /** Base name of the file trained on. */
  readonly source: string;
  readonly target: string;
  /** Probability and outcome of each row, said by members that had no part of it. */
  readonly probabilities: readonly number[];
  readonly labels: readonly boolean[];
  readonly figures: TableFigures;
  /** Whether the rows had no part of the blend either. */
  readonly isOutOfFold: boolean;
  readonly importance: readonly FeatureImportance[];
}

/** The report of a training run on a contract table. */
export function tableReport(evidence: TableEvidence): ReportPage {
  const { source, target, probabilities, labels, figures, isOutOfFold, importance } = evidence;
  return {
    title: `Model of ${target} in ${source}`,
    introduction:
      `Trained on the ${figures.rows} rows of ${source}. What is shown was said of each row by ` +
      (isOutOfFold
        ? 'a model that had no part of it (outer folds).'
        : 'members that had no part of it; the weights that blend them had. Give --folds to measure without that.'),
    figures: { ...figures, averagePrecision: averagePrecision(rankingCurve(probabilities, labels)) },
    charts: [
      ...probabilityCharts(probabilities, labels),
      importanceChart(importance, 'the rows the final model was trained on'),
    ],
    notes: ['A table has one row per customer and no days, so there are no cuts to show drift between.'],
  };
}
