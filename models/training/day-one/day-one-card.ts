import { cardReproduction } from '../card-reproduction.ts';
import type { ModelManifest } from '../../../services/core/scoring/model-manifest.ts';
import type { Interval } from '../measures/paired-bootstrap.ts';
import type { ModelLabel } from '../model-label.ts';
import type { TrainedDayOne } from './train-day-one.ts';

type Manifest = Omit<ModelManifest, 'calibration' | 'hashes'>;

/** The card (README.md) of a model that knows no shop. */
export function describeDayOne(trained: TrainedDayOne, manifest: Manifest, label: ModelLabel): string {
  return [introduction(manifest), data(trained, manifest), figures(trained), limits(), cardReproduction(label)].join(
    '\n',
  );
}

function introduction({ name, version, inputs, trainedOn }: Manifest): string {
  return `# Model ${name}/${version}

For a shop that has no model of its own yet. Says for one customer how likely it is that no purchase comes within the next
30, 60 and 90 days, and what the customer will spend within 90 days.

- It knows no shop and no currency (\`XXX\`): money enters in median orders and times in the shop's rhythm, the median of the
  days between purchase days. \`tidewatch backtest --model\` and \`tidewatch train --from\` put in a shop's own median order,
  rhythm and buy-till-you-die parameters, fitted on its orders in seconds, and calibrate it.
  The scorer refuses it before that.
- Inputs: ${inputs.length}. Net: ${trainedOn['nets']} nets of 64 and 32 ReLU units, half of which read all inputs, the
  others the closed form and what it is made of; their heads are averaged.
- Closed form: MBG/NBD and Gamma-Gamma. Where too few customers came back to fit them, a typical shop's parameters stand in,
  moved into the shop's units (\`manifest.json\`).
`;
}

function data({ rows, realRows, shopCuts }: TrainedDayOne, { trainedOn }: Manifest): string {
  const real = `- \`${trainedOn['source']}\` before ${trainedOn['until']}: ${realRows} rows, at an age of 60 days and every 60 days after it.`;
  return `## Data

A row is one customer of one shop at one cut; units, closed form and features see only what lies before the cut, labels only
the 90 days from the cut on. ${rows} rows of ${shopCuts} shops at one age each:

- ${trainedOn['simulatedShops']} simulated shops (\`models/training/day-one/shop-traits.ts\`), each at two ages from 45 days on: ${rows - realRows} rows.
${realRows > 0 ? real : '- No shop that really was.'}
`;
}

function figures({ judgement }: TrainedDayOne): string {
  const { shops, customers, ours, difference, worse } = judgement;
  const row = (name: string, key: keyof typeof ours): string =>
    `| ${name} | ${show(ours[key].value)} | ${show(ours[key].value - difference[key].value)} | ${spread(difference[key])} |`;
  return `## Measured

On ${shops} simulated shops of other seeds (${customers} customers with a purchase in the year before the cut), adapted to each on the
orders before its cut, next to a BG/NBD with Gamma-Gamma spend fitted on the same orders. Means over shops; the interval is a
95 % bootstrap over shops, in pairs.

| figure, 90 days | model | BG/NBD fitted on the shop | difference |
| --- | --- | --- | --- |
${row('AUC', 'auc')}
${row('Brier', 'brier')}
${row('spend Gini (normalised)', 'spendGini')}
${row('spend mean absolute error, median orders', 'spendMae')}

BG/NBD had the better AUC in ${worse} of the ${shops}. Real shops: \`docs/reference/day-one-model.md\`.
`;
}

function limits(): string {
  return `## Limits

- A shop's season is not known on its first day; probabilities are those of a mean season. \`tidewatch train\` learns it once
  the history is long enough.
- Churn means silence: contracts and subscriptions are not what it was made for.
- Reads purchases and cancellations only.
- Rhythms from 8 to 250 days between a customer's purchases were simulated; a shop far outside is extrapolated.
`;
}

function show(value: number): string {
  return value.toFixed(4);
}

function spread({ value, low, high }: Interval): string {
  const signed = (figure: number): string => (figure < 0 ? '−' : '+') + Math.abs(figure).toFixed(4);
  return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}
