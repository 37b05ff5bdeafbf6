import type { FeatureImportance } from '../training/measures/feature-importance.ts';
import type { Drift } from '../training/run-evidence.ts';
import type { ReportChart } from './report-page.ts';

const shown = 15;

/** The features whose values matter most to a ranking. */
export function importanceChart(importance: readonly FeatureImportance[], rows: string): ReportChart {
  return {
    title: 'Importance',
    caption: `What the area under the curve loses on ${rows} when a feature is taken from another customer each (the greatest ${Math.min(shown, importance.length)} of ${importance.length}). Features that say the same share their loss.`,
    kind: 'bars',
    x: { title: '' },
    y: { title: 'loss of area under the curve' },
    points: importance.slice(0, shown).map(({ name, aucLoss }) => ({ name, y: aucLoss, series: 'model' })),
  };
}

/** The inputs that have moved most between the cuts, and the score. */
export function driftChart(inputs: readonly Drift[], score: number): ReportChart {
  const bars = [{ name: 'score', psi: score }, ...inputs.slice(0, shown - 1)];
  return {
    title: 'Drift between cuts',
    caption: `Population stability index of the newest cut against the training cuts: below 0.10 stable, to 0.25 to be watched, above to be acted on. The score and the ${bars.length - 1} inputs that moved most, of ${inputs.length}.`,
    kind: 'bars',
    x: { title: '' },
    y: { title: 'population stability index' },
    points: bars.map(({ name, psi }) => ({ name, y: psi, series: name === 'score' ? 'score' : 'input' })),
  };
}
