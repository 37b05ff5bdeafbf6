/** Why and when the run ends: a signal, the time given by `--minutes`, the end of the data, or a fault. */
export interface EndSignal {
  readonly signal: AbortSignal;
  /** Empty while nothing has ended the run. */
  reason(): string;
  /** Ends the run in order. */
  end(reason: string): void;
  /** Ends the run because of a fault, which `ended` then rejects with. */
  fail(error: Error): void;
  /** The fault that ended the run, if it was one. */
  fault(): Error | null;
  /** Never resolves; rejects when the run is to end. For racing against work. */
  ended(): Promise<never>;
  /** Begins to count the minutes. */
  startTimer(minutes: number | undefined): void;
  /** Stops listening and counting. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal ends the run in order; a second one ends this process at once, and its children with it. */
export function createEndSignal(log: (line: string) => void): EndSignal {
  const controller = new AbortController();
  const { signal } = controller;
  let reason = '';
  let fault: Error | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = (why: string): void => {
    if (signal.aborted) return;
    reason = why;
    controller.abort(new Error(`ended by ${why} before everything was ready`));
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (signal.aborted) {
      log('Asked twice: stopping at once.');
      process.exit(130);
    }
    end(name);
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal,
    reason: () => reason,
    fault: () => fault,
    end,
    fail: (error) => {
      fault ??= error;
      end('a fault');
    },
    ended: () =>
      new Promise<never>((_, reject) => {
        const rejectNow = (): void => reject(fault ?? (signal.reason as Error));
        if (signal.aborted) rejectNow();
        else signal.addEventListener('abort', rejectNow, { once: true });
      }),
    startTimer: (minutes) => {
      if (minutes !== undefined) timer = setTimeout(() => end(`--minutes ${minutes}`), minutes * 60_000);
    },
    dispose: () => {
      clearTimeout(timer);
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
