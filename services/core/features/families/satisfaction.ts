import type { FeatureState } from '../customer-state.ts';
import { findTile } from '../day-search.ts';
import type { FeatureDefinition } from '../feature-definition.ts';
import { counterId } from '../signals/signal-counters.ts';
import { signalFamily, signalFeature, sumIn, timeSince, type SignalFeature } from '../signals/signal-feature.ts';
import type { SignalWindows } from '../signals/signal-windows.ts';
import { countOf } from '../signals/sparse-counts.ts';

const csat = { name: 'csat', what: 'Satisfaction', answers: 'csatAnswers', sum: 'csatSum' } as const;
const nps = { name: 'nps', what: 'Recommendation', answers: 'npsAnswers', sum: 'npsSum' } as const;

type Scale = typeof csat | typeof nps;

function scaleFeatures(scale: Scale, range: string): SignalFeature[] {
  const { name, what, answers, sum } = scale;
  const define = (suffix: string, description: string, value: SignalFeature['value']): SignalFeature =>
    signalFeature({ name: `${name}_${suffix}`, unit: 'points', description } satisfies FeatureDefinition, value);
  return [
    define(
      'last',
      `${what} (${range}) on the last day with an answer, the mean of that day's; undefined without an answer in the 365 days before asOf.`,
      (signals, state) => lastMean(signals, state, scale),
    ),
    define(
      'mean_365',
      `Mean of the answers in the 365 days before asOf; undefined without one.`,
      (signals) => signals.sum(sum, 365) / signals.sum(answers, 365),
    ),
    define(
      'trend',
      `${name}_last less the mean of the answers on earlier days of the 365 days before asOf; undefined without both.`,
      (signals, state) => trendOf(signals, state, scale),
    ),
    timeSince(`${name}_days_ago`, answers, `answer on this scale`),
  ];
}

/** Sum and number of the answers on the last day that has some; null without one in the year before asOf. */
function lastAnswers(
  signals: SignalWindows,
  { signalTiles }: FeatureState,
  { answers, sum }: Scale,
): readonly [number, number] | null {
  if (signals.sum(answers, 365) === 0) return null;
  const { counts } = signalTiles[findTile(signalTiles, signals.lastDay(answers))];
  return [countOf(counts, counterId[sum]), countOf(counts, counterId[answers])];
}

function lastMean(signals: SignalWindows, state: FeatureState, scale: Scale): number {
  const last = lastAnswers(signals, state, scale);
  return last === null ? Number.NaN : last[0] / last[1];
}

function trendOf(signals: SignalWindows, state: FeatureState, scale: Scale): number {
  const last = lastAnswers(signals, state, scale);
  if (last === null) return Number.NaN;
  const earlier = signals.sum(scale.answers, 365) - last[1];
  return last[0] / last[1] - (signals.sum(scale.sum, 365) - last[0]) / earlier;
}

function spreadOf(signals: SignalWindows, { signalTiles }: FeatureState): number {
  if (signals.sum('csatAnswers', 365) < 2) return 0;
  let [smallest, largest] = [Infinity, -Infinity];
  for (let i = signalTiles.length - 1; i >= 0 && signalTiles[i].day >= signals.asOf - 365; i--) {
    const count = countOf(signalTiles[i].counts, counterId.csatAnswers);
    if (count === 0) continue;
    const mean = countOf(signalTiles[i].counts, counterId.csatSum) / count;
    smallest = Math.min(smallest, mean);
    largest = Math.max(largest, mean);
  }
  return largest - smallest;
}

/** What customers answer when asked, how it moves and how uneven it is. */
export const satisfaction = signalFamily(
  'Satisfaction',
  '`survey.answered` with its `surveyScore` and `surveyKind`, `review.posted` with its `rating`, `survey.sent`. A kind ' +
    'with "nps" in it is a recommendation, 0 to 10; all else is satisfaction, brought to 0 to 100: "ces" from 1 to 7, ' +
    'other kinds and ratings from 1 to 5, a value above that from 0 to 10, above 10 from 0 to 100. A score that is ' +
    'missing or outside its scale is no answer here.',
  [
    ...scaleFeatures(csat, '0 to 100'),
    ...scaleFeatures(nps, '0 to 10'),
    sumIn(
      'low_scores',
      'lowScores',
      365,
      'Answers and ratings in the lower half of the scale, or of a detractor (0 to 6),',
    ),
    signalFeature(
      {
        name: 'csat_spread_365',
        unit: 'points',
        description:
          'Largest less smallest satisfaction of a day in the 365 days before asOf: how uneven service is; 0 below two days.',
      },
      spreadOf,
    ),
    signalFeature(
      {
        name: 'surveys_unanswered_365',
        unit: 'count',
        description: 'Surveys sent less those answered in the 365 days before asOf, at least 0.',
      },
      (signals) => Math.max(0, signals.sum('surveysSent', 365) - signals.sum('surveysAnswered', 365)),
    ),
  ],
);
