import type { DurationMs } from '../../core/units.ts';

/**
 * Does `work` again and again until it is stopped; a turn begins `everyMs` after the one before has ended.
 * @param onFault told of a turn that failed; the next one comes all the same
 * @returns ends it; resolves once the turn under way has ended
 */
export function repeatWork(
  work: () => Promise<void>,
  everyMs: DurationMs,
  onFault: (error: unknown) => void,
): () => Promise<void> {
  let isStopped = false;
  let wake = (): void => undefined;
  async function turns(): Promise<void> {
    while (!isStopped) {
      await work().catch(onFault);
      if (isStopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs).unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  const running = turns();
  return () => {
    isStopped = true;
    wake();
    return running;
  };
}
