import { EngineError } from '../../core/errors.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { Score } from '../../core/scoring/score.ts';
import { emptyTaskState } from '../../core/tasks/task-state.ts';
import type { AlertsContext, CustomerWork, UnreadableScore } from '../alerts-context.ts';
import { findScoreFault } from './find-score-fault.ts';

/** Bytes to scores, gathered by customer. What is not a score is set aside; its neighbours go on. */
export function createDecodeScores(codec: RecordCodec<Score>): (context: AlertsContext) => Promise<void> {
  return async function decodeScores(context) {
    const { records } = context.chunk;
    const decoded = await codec.decode(records.map((record) => record.value));
    const unreadable: UnreadableScore[] = [];
    for (const [i, score] of decoded.entries()) {
      const fault = score instanceof EngineError ? score : findScoreFault(score);
      if (fault !== null) unreadable.push({ raw: records[i], fault });
      else addScore(context.customers, score as Score);
    }
    context.unreadable = unreadable;
  };
}

function addScore(customers: Map<string, CustomerWork>, score: Score): void {
  const { tenant, surrogate } = score;
  const id = `${tenant}:${surrogate}`;
  const work = customers.get(id);
  if (work !== undefined) {
    work.scores.push(score);
    return;
  }
  const empty = emptyTaskState();
  customers.set(id, {
    key: { tenant, surrogate },
    scores: [score],
    storedVersion: 0,
    stored: empty,
    decided: empty,
    taken: [],
    published: [],
  });
}
