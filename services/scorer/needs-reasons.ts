import type { LastScore } from '../core/features/customer-state.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import { levelRank } from '../core/scoring/level.ts';
import type { Score } from '../core/scoring/score.ts';

/** From this level on the first live score opens a task even though history had reached the level already. */
const taskRank = levelRank('high');

/**
 * Whether a score is one that somebody acts on, and so says why: its level is another than that of the score before, or
 * it is the first live one of a customer whom history or an untrusted answer left at a level that opens tasks.
 * @param last the customer's score before
 */
export function needsReasons(score: Score, last: LastScore | null, codec: RecordCodec<Score>): boolean {
  if (score.degraded) return false;
  if (score.level !== (last?.level ?? 'none')) return true;
  if (last === null || score.historical || levelRank(score.level) < taskRank) return false;
  const { historical, degraded } = codec.decodeBody(last.body);
  return historical || degraded;
}
