import { featureFamilies, featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { FeatureFamily } from '../../services/core/features/feature-definition.ts';
import { horizonDays } from '../../services/core/features/horizon.ts';

const heading = `# Features

The ${featureNames.length} numbers a score is made from, in the order of the feature vector. They are folded event by event, by the same code
live, in replays and for training. \`GET /v1/customers/{id}\` shows them for one customer.

<!-- Written by \`npm run docs:generate\` from services/core/features/families; do not edit by hand. -->

Common to all:

- \`asOf\` is the first business day **not** included; a window of W days is the W business days before it, in the
  tenant's time zone. An event counts on the day of the earlier of its own time and its receipt.
- _Late_ events count on their own day, as if they had come in time. Beyond the horizon of ${horizonDays} days a live event changes
  nothing (it goes to the late topic), an imported one changes only what is kept for life.
- _Duplicates_ (same source and event id) never count; a retracted event counts as if it had never come.
- _Undefined_ is \`null\` in JSON and NaN in the vector: the number does not exist for this customer, it is not 0.
- Features with _since 2_ need signals that earlier releases did not fold: they are undefined for customers whose state
  began before, until a [backfill](state-migration.md).
- Only plain properties are read, under the names of the [tracking plan](tracking-plan.md); personal fields are sealed, and
  free text is not searched. Money is in major units of the reporting currency.
- Counts and sums are whole numbers and stop at 2^53 - 1.
`;

/** The feature reference: one table per family. */
export function renderFeatures(): string {
  return [heading, ...featureFamilies.map(renderFamily)].join('\n');
}

function renderFamily({ title, reads, definitions }: FeatureFamily): string {
  const rows = definitions.map(
    ({ name, unit, since, description }) =>
      `| \`${name}\` | ${unit} | ${since ?? 1} | ${description.replaceAll('|', '\\|')} |`,
  );
  return `## ${title}\n\nReads: ${reads}\n\n| feature | unit | since | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
