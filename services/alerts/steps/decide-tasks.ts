import { applyScore, type ApplyScoreRules } from '../../core/tasks/apply-score.ts';
import type { CustomerWork } from '../alerts-context.ts';

/** Takes one customer's scores of the chunk over what is stored. */
export function decideTasks(work: CustomerWork, rules: ApplyScoreRules): void {
  let state = work.stored;
  work.taken = work.scores.map((score) => {
    const applied = applyScore(state, score, rules);
    state = applied.state;
    return { score, applied };
  });
  work.decided = state;
}
