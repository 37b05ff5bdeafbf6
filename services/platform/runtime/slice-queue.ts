import { setImmediate } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { Sliced } from '../../core/sliced.ts';

/** Does sliced work one piece after the other, and lets everything else of the process have its turn between slices. */
export interface SliceQueue {
  /** @throws ERR_OVERLOADED, retryable, while as many pieces wait as may */
  run<T>(work: () => Sliced<T>): Promise<T>;
}

/** @param maxWaiting pieces of work that may wait or be under way */
export function createSliceQueue(maxWaiting: number): SliceQueue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async run(work) {
      if (waiting >= maxWaiting) throw overloaded(maxWaiting);
      waiting++;
      const turn = last.then(() => inTurns(work()));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting--;
      }
    },
  };
}

async function inTurns<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await setImmediate();
  }
}

function overloaded(maxWaiting: number): EngineError {
  return new EngineError('ERR_OVERLOADED', `${maxWaiting} requests of this kind are being worked on; ask again.`, {
    retryable: true,
  });
}
