/**
 * Waits for work, but not for ever. Resolves true when the work is done in time, false when the time is up first (the
 * work goes on), and rejects when the work fails in time.
 */
export type Deadline = (work: Promise<unknown>, limitMs: number) => Promise<boolean>;

/** A deadline by the clock of this process. */
export const realDeadline: Deadline = async (work, limitMs) => {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true), timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
};
