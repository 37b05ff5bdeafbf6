import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition } from '../feature-definition.ts';
import { counterId, type SignalCounter } from '../signals/signal-counters.ts';
import { signalFamily, signalFeature, sumIn, timeSince, type SignalFeature } from '../signals/signal-feature.ts';
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
      (signals, state) => lastMean(state, signals.asOf, scale),
    ),
    define(
      'mean_365',
      `Mean of the answers in the 365 days before asOf; undefined without one.`,
      (signals) => signals.sum(sum, 365) / signals.sum(answers, 365),
    ),
    define(
      'trend',
      `${name}_last less the mean of the answers on earlier days of the 365 days before asOf; undefined without both.`,
      (signals, state) => trendOf(state, signals.asOf, scale),
    ),
    timeSince(`${name}_days_ago`, answers, `answer on this scale`),
  ];
}

/** Means of the answers of single days in the year before asOf, newest first, with their sums and counts. */
function answerDays({ signalTiles }: FeatureState, asOf: number, { answers, sum }: Scale): [number, number][] {
  const days: [number, number][] = [];
  for (let i = signalTiles.length - 1; i >= 0 && signalTiles[i].day >= asOf - 365; i--) {
    const { counts } = signalTiles[i];
    const count = countOf(counts, counterId[answers satisfies SignalCounter]);
    if (count > 0) days.push([countOf(counts, counterId[sum satisfies SignalCounter]), count]);
  }
  return days;
}

function lastMean(state: FeatureState, asOf: number, scale: Scale): number {
  const [last] = answerDays(state, asOf, scale);
  return last === undefined ? Number.NaN : last[0] / last[1];
}

function trendOf(state: FeatureState, asOf: number, scale: Scale): number {
  const [last, ...earlier] = answerDays(state, asOf, scale);
  if (last === undefined || earlier.length === 0) return Number.NaN;
  const [sum, count] = earlier.reduce(([sums, counts], day) => [sums + day[0], counts + day[1]]);
  return last[0] / last[1] - sum / count;
}

function spreadOf(state: FeatureState, asOf: number): number {
  const means = answerDays(state, asOf, csat).map(([sum, count]) => sum / count);
  return means.length === 0 ? 0 : Math.max(...means) - Math.min(...means);
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
      (signals, state) => spreadOf(state, signals.asOf),
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
