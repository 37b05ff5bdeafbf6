import { EngineError } from '../../services/core/errors.ts';

/** Tries again what failed for now, as the source does with a chunk. A fault that does not pass goes on. */
export async function likeTheRunner<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineError && error.retryable)) throw error;
    }
  }
}
