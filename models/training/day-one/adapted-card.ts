import type { ModelManifest } from '../../../services/core/scoring/model-manifest.ts';
import type { ModelLabel } from '../model-label.ts';

/** The card (README.md) of the day-one model as one shop's own. */
export function describeAdapted(
  { name, version, trainedOn, levelCutoffs, currency }: Omit<ModelManifest, 'calibration' | 'hashes'>,
  { command }: ModelLabel,
): string {
  const closedForm =
    trainedOn['closedForm'] === 'fitted'
      ? 'fitted on these orders'
      : "a typical shop's in these units, since too few customers came back to fit them";
  const levels = levelCutoffs.map(
    ({ level, enter, exit }) => `| ${level} | ${enter.toFixed(4)} | ${exit.toFixed(4)} |`,
  );
  return `# Model ${name}/${version}

The model ${trainedOn['from']}, which was made for no shop, adapted to this one. Says for one customer how likely it is that no
purchase comes within the next 30, 60 and 90 days, and what the customer will spend within 90 days (${currency}).

## Data

\`${trainedOn['source']}\`: ${trainedOn['orders']} orders and cancellations of ${trainedOn['customers']} customers before ${trainedOn['until']}
(days in ${trainedOn['timezone']}). Nothing from that day on was looked at.

- Median order ${trainedOn['medianOrder']}, rhythm ${trainedOn['rhythmDays']} days.
- Buy-till-you-die parameters: ${closedForm}.
- Calibration: the mean probability is the one that those parameters give; none where they are a typical shop's.
- The nets were not trained on these orders: the history is too short for it.

## Measured

Nothing: on so short a history no figure could be believed. What the model did on other shops stands in the card of
${trainedOn['from']}. Measure it with \`tidewatch backtest --model … --compare\` when 90 more days have passed, and train again.

## Levels

| level | enter | exit |
| --- | --- | --- |
${levels.join('\n')}

## Make it again

\`\`\`
${command}
\`\`\`
`;
}
