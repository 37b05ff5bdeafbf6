/** What has been handed over and not been answered yet. */
export interface DeliveryWindow {
  /**
   * Runs `deliver` once no other delivery of the same message is under way; `deliver` calls its argument when answered.
   * Resolves as soon as there is room for more, or at once when nobody wants to wait any more.
   */
  enter(messageId: string, deliver: (done: () => void) => void): Promise<void>;
  /** Resolves when nothing is under way, or when nobody wants to wait any more. */
  empty(): Promise<void>;
}

/**
 * Bounds how much is under way. Two deliveries of one message are never under way together, so they never share a
 * batch: the answer names each message once, and one of the two would seem unanswered.
 */
export function createDeliveryWindow(maxUnderway: number, signal: AbortSignal): DeliveryWindow {
  const queues = new Map<string, ((done: () => void) => void)[]>();
  const waiting = new Set<() => void>();
  let underway = 0;
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition() && !signal.aborted) await new Promise<void>((resolve) => waiting.add(resolve));
  };
  const wakeAll = (): void => {
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  };
  signal.addEventListener('abort', wakeAll);
  const start = (messageId: string, deliver: (done: () => void) => void): void => {
    deliver(() => {
      underway -= 1;
      const next = queues.get(messageId)!.shift();
      if (next === undefined) queues.delete(messageId);
      else start(messageId, next);
      wakeAll();
    });
  };
  return {
    empty: () => until(() => underway === 0),
    enter: (messageId, deliver) => {
      underway += 1;
      const queue = queues.get(messageId);
      if (queue === undefined) {
        queues.set(messageId, []);
        start(messageId, deliver);
      } else queue.push(deliver);
      return until(() => underway < maxUnderway);
    },
  };
}
