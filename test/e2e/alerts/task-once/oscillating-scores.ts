import type { LevelCutoff } from '../../../../services/core/events/customer-record.ts';
import { type Level, nextLevel } from '../../../../services/core/scoring/level.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import type { EpochMs } from '../../../../services/core/units.ts';
import { aScore } from '../../../support/score-builder.ts';

/** The level high begins at 0.70 and, once reached, is kept down to `exit`. */
function cutoffs(exit: number): readonly LevelCutoff[] {
  return [
    { level: 'watch', enter: 0.4, exit: 0.35 },
    { level: 'high', enter: 0.7, exit },
    { level: 'critical', enter: 0.9, exit: 0.85 },
  ];
}

const settled = cutoffs(0.65);
/** No hysteresis at all: each score changes the level, and what keeps to one task is the episode alone. */
const flapping = cutoffs(0.7);

export interface OscillationOptions {
  readonly customers: number;
  readonly scoresEach: number;
  /** Receipt of the last scores; the ones before are a millisecond apart. */
  readonly until: EpochMs;
}

/**
 * Scores of each customer in turn, round after round: 0.69 and 0.71 by turns. Every other customer has cut-offs without
 * hysteresis. A business day passes every seven scores, so that tasks get new versions in the settled half too.
 */
export function oscillatingScores({ customers, scoresEach, until }: OscillationOptions): Score[] {
  const levels = new Map<number, Level>();
  return Array.from({ length: scoresEach }, (_, round) => round).flatMap((round) =>
    Array.from({ length: customers }, (_, customer) => {
      const p90 = round % 2 === 0 ? 0.69 : 0.71;
      const level = nextLevel(p90, levels.get(customer) ?? 'none', customer % 2 === 0 ? settled : flapping);
      levels.set(customer, level);
      return aScore({
        surrogate: oscillatingCustomer(customer),
        customerRef: `c${customer}`,
        scoreId: (round * customers + customer).toString(16).padStart(32, '0'),
        eventId: `event-${round}-${customer}`,
        stateVersion: round + 1,
        level,
        churn: { p30: 0.9, p60: 0.8, p90 },
        asOf: Math.floor(until / 86_400_000) + 1 - Math.floor((scoresEach - 1 - round) / 7),
        receivedAt: until - (scoresEach - 1 - round),
      });
    }),
  );
}

/** Surrogate of the customer with this number. */
export function oscillatingCustomer(number: number): string {
  return (0xa7_0000 + number).toString(16).padStart(32, '0');
}
