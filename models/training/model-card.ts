import { cardReproduction } from './card-reproduction.ts';
import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import type { ModelLabel } from './model-label.ts';

/** The card (README.md) of a model: what it is, what it was made of, how good it is, what it is not for. */
export function describeModel(manifest: ModelManifest, label: ModelLabel): string {
  return [
    introduction(manifest),
    data(manifest),
    figures(manifest),
    levelTable(manifest),
    limits(manifest),
    cardReproduction(label),
  ].join('\n');
}

function introduction({ name, version, inputs, closedForm, trainedOn, currency }: ModelManifest): string {
  return `# Model ${name}/${version}

Says for one customer how likely it is that no purchase comes within the next 30, 60 and 90 days, and what the customer
will spend within 90 days (${currency}).

- Inputs: ${inputs.length}, from the feature catalogue and a buy-till-you-die model fitted on this shop, in the order of
  \`manifest.json\` (signed log1p, standardised, clipped).
- Net: ${trainedOn['nets']} nets of 64 and 32 ReLU units, equal but for their seed, in one file; their heads are averaged.${blended(closedForm)}
- Heads: three conditional churn logits (so that the 30-day probability is never below the 60-day one, nor that below
  the 90-day one), log-normal spend given a purchase, log rate of purchase days, log of the mean spend.
- Calibration (\`calibration.json\`): scale and shift of the logit of 90 days' silence, power and factor of the mean spend, factor
  on purchase days.
`;
}

function blended(closedForm: ModelManifest['closedForm']): string {
  if (closedForm === null) return '';
  return `
  One more net has set weights: it hands on the buy-till-you-die model, a quarter of the churn logits and half of the log
  of the mean spend.`;
}

function data({ trainedOn }: ModelManifest): string {
  return `## Data

\`${trainedOn['source']}\`: ${trainedOn['orders']} orders and cancellations of ${trainedOn['customers']} customers before
${trainedOn['until']} (days in ${trainedOn['timezone']}). A row is one customer at one cut; its features see only what lies before
the cut, its labels only the 90 days from the cut on.

- Training: ${trainedOn['trainingRows']} rows at ${trainedOn['trainingCuts']} cuts, every 30 days from ${trainedOn['firstCut']} to ${trainedOn['lastCut']}.
- Calibration: ${seasonOf(trainedOn)}.
- Level cut-offs: the customers of ${trainedOn['until']}, whose outcomes nobody knows yet.
- Nothing from ${trainedOn['until']} on was looked at.
`;
}

function seasonOf({ season }: ModelManifest['trainedOn']): string {
  return season === 'mean'
    ? `for the mean of all seasons that the cuts hold; the history is too short to tell one from another`
    : `for the season that began on ${season}, a year before: its churn rate, spend and purchase days, of those customers whom that day could see`;
}

function figures({ metrics, trainedOn }: ModelManifest): string {
  const row = (name: string, ours: string, trivial: string, what: string): string =>
    `| ${name} | ${show(metrics[ours])} | ${show(metrics[trivial])} | ${what} |`;
  return `## Measured

On the cut of ${trainedOn['measuredAt']} (${metrics['rows']} customers with a purchase in the year before), by a rehearsal: the same procedure
carried out 90 days earlier, with its own nets and calibration, so that neither has seen this cut or any outcome in it.

| figure | model | trivial | trivial means |
| --- | --- | --- | --- |
${row('AUC, 90 days', 'auc90', 'auc90RecencyAlone', 'days since the last purchase')}
${row('Brier, 90 days', 'brier90', 'brier90BaseRate', 'the churn rate of the training rows')}
${row('log loss, 90 days', 'logLoss90', 'logLoss90BaseRate', 'the churn rate of the training rows')}
${row('spend Gini (normalised)', 'spendGini', 'spendGiniLastYear', "last year's spend x 90/365")}
${row('spend mean absolute error, mean', 'spendMae', 'spendMaeLastYear', "last year's spend x 90/365")}
${row('spend mean absolute error, median', 'spendMaeMedian', 'spendMaeLastYear', "last year's spend x 90/365")}

${againstClosedForm(metrics)}
Calibration error over ten bins (ECE10): ${show(metrics['ece10'])}; real churn rate ${show(metrics['churnRate90'])}, mean probability ${show(metrics['meanChurn90'])};
logistic recalibration: slope ${show(metrics['calibrationSlope90'])} (1 is right), intercept ${show(metrics['calibrationIntercept90'])} (0 is right).
Decile MAPE of spend: ${show(metrics['spendDecileMape'])}. AUC for 30 days: ${show(metrics['auc30'])}. Spearman of spend: ${show(metrics['spendSpearman'])}; total spend off by ${show(metrics['spendBias'])} of the real one.
`;
}

/** Buy-till-you-die model fitted on the same orders; empty where none could be fitted. */
function againstClosedForm(metrics: ModelManifest['metrics']): string {
  if (metrics['auc90BgNbd'] === undefined) return '';
  const interval = (figure: string): string =>
    `${show(metrics[`${figure}OverBgNbdLow`])} to ${show(metrics[`${figure}OverBgNbdHigh`])}`;
  return `| figure | model | BG/NBD and Gamma-Gamma, fitted on the same orders | model minus BG/NBD, 95 % interval |
| --- | --- | --- | --- |
| AUC, 90 days | ${show(metrics['auc90'])} | ${show(metrics['auc90BgNbd'])} | ${interval('auc90')} |
| spend Gini (normalised) | ${show(metrics['spendGini'])} | ${show(metrics['spendGiniBgNbd'])} | ${interval('spendGini')} |
| Brier, 90 days | ${show(metrics['brier90'])} | ${show(metrics['brier90BgNbd'])} | |
| decile MAPE of spend | ${show(metrics['spendDecileMape'])} | ${show(metrics['spendDecileMapeBgNbd'])} | |

Intervals: bootstrap over customers, both models on the same draws.
`;
}

function levelTable({ levelCutoffs }: ModelManifest): string {
  const rows = levelCutoffs.map(({ level, enter, exit }) => `| ${level} | ${show(enter)} | ${show(exit)} |`);
  return `## Levels

Entered by the top 40 %, 20 % and 7 % of the customers of the day the model was made, by 90-day probability; an activation may
set others.

| level | enter | exit |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function limits({ trainedOn, currency }: ModelManifest): string {
  return `## Limits

- Season: the calibration stands for the 90 days from ${trainedOn['until']} on. Train again before a season turns; the ranking is
  not touched by it.
- Trained on one business's orders in ${currency}. For another business train on its own orders.
- Churn means silence, not a stated wish to leave: a customer with long gaps looks at risk between two purchases.
- Reads purchases and cancellations only; contacts, complaints and satisfaction do not enter.
- Expected spend of single very large buyers is uncertain; the scale of its distribution is capped.
`;
}

function show(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return 'not defined';
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4);
}
