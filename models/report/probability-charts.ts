import { gainAtShare } from '../training/measures/gain-at-share.ts';
import type { RankingCurve } from '../training/measures/ranking-curve.ts';
import { rankingCurve } from '../training/measures/ranking-curve.ts';
import { reliabilityBins } from '../training/measures/reliability-bins.ts';
import type { ReportChart } from './report-page.ts';

const unit = [0, 1] as const;
const shares = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** More points than this a plot cannot show; the figures are computed on all of them. */
const drawnPoints = 200;

/** Plots of what probabilities of leaving are worth: reliability, gain, lift, ROC and precision over recall. */
export function probabilityCharts(probabilities: readonly number[], labels: readonly boolean[]): ReportChart[] {
  const curve = rankingCurve(probabilities, labels);
  return [
    reliabilityChart(probabilities, labels),
    gainChart(curve),
    liftChart(curve),
    rocChart(curve),
    precisionChart(curve),
  ];
}

function reliabilityChart(probabilities: readonly number[], labels: readonly boolean[]): ReportChart {
  const bins = reliabilityBins(probabilities, labels);
  return {
    title: 'Reliability',
    caption: `What was said against what happened, in tenths of the scale (rows: ${bins.map(({ rows }) => rows).join(', ')}). On the diagonal a probability can be taken at its word.`,
    kind: 'diagonal',
    x: { title: 'mean probability', domain: unit },
    y: { title: 'share that left', domain: unit },
    points: bins.map(({ meanProbability, observed }) => ({ x: meanProbability, y: observed, series: 'model' })),
  };
}

function gainChart(curve: RankingCurve): ReportChart {
  return {
    title: 'Gain',
    caption: 'Which share of all who left is among the customers with the highest probability.',
    kind: 'diagonal',
    x: { title: 'share of customers, most at risk first', domain: unit },
    y: { title: 'share of those who left', domain: unit },
    points: [0, ...shares].map((share) => ({
      x: share,
      y: share === 0 ? 0 : gainAtShare(curve, share),
      series: 'model',
    })),
  };
}

function liftChart(curve: RankingCurve): ReportChart {
  return {
    title: 'Lift',
    caption: 'How many times more who left are among them than among as many drawn at random.',
    kind: 'line',
    x: { title: 'share of customers, most at risk first', domain: unit },
    y: { title: 'lift' },
    points: shares.map((share) => ({ x: share, y: gainAtShare(curve, share) / share, series: 'model' })),
  };
}

function rocChart({ points, rows, positives }: RankingCurve): ReportChart {
  const drawn = thin(points).map((point) => ({
    x: (point.rows - point.hits) / (rows - positives),
    y: point.hits / positives,
    series: 'model',
  }));
  return {
    title: 'Receiver operating characteristic',
    caption: 'Each point is a cut: whom it catches against whom it bothers in vain. The area below is auc.',
    kind: 'diagonal',
    x: { title: 'share of those who stayed', domain: unit },
    y: { title: 'share of those who left', domain: unit },
    points: [{ x: 0, y: 0, series: 'model' }, ...drawn],
  };
}

function precisionChart({ points, positives }: RankingCurve): ReportChart {
  return {
    title: 'Precision and recall',
    caption: 'Each point is a cut: how many of those above it left. The area below is averagePrecision.',
    kind: 'line',
    x: { title: 'recall', domain: unit },
    y: { title: 'precision', domain: unit },
    points: thin(points).map(({ rows, hits }) => ({ x: hits / positives, y: hits / rows, series: 'model' })),
  };
}

/** Evenly spaced points, the last one always among them. */
function thin<T>(points: readonly T[]): T[] {
  if (points.length <= drawnPoints) return [...points];
  return Array.from({ length: drawnPoints }, (_, i) => points[Math.ceil(((i + 1) * points.length) / drawnPoints) - 1]);
}
