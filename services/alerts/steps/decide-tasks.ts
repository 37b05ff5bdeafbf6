import type { TaskReducer } from '../../core/tasks/task-reducer.ts';
import type { CustomerWork } from '../alerts-context.ts';

/** Takes what came for one customer over what is stored. */
export function decideTasks(work: CustomerWork, reducer: TaskReducer): void {
  let state = work.stored;
  work.taken = work.inputs.map((input) => {
    const applied = reducer.apply(state, input);
    state = applied.state;
    return { input, applied };
  });
  work.decided = state;
}
