/** Why the run ends, and when: a signal, the time given by `--minutes`, or a fault. */
export interface EndSignal {
  readonly signal: AbortSignal;
  /** Empty while nothing has ended the run. */
  reason(): string;
  end(reason: string): void;
  /** Begins to count the minutes. */
  startTimer(minutes: number | undefined): void;
  /** Stops listening and counting. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal ends the run in order; a second one ends this process at once, and its children with it. */
export function createEndSignal(log: (line: string) => void): EndSignal {
  const controller = new AbortController();
  let reason = '';
  let timer: NodeJS.Timeout | undefined;
  const end = (why: string): void => {
    if (controller.signal.aborted) return;
    reason = why;
    controller.abort();
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      log('Asked twice: stopping at once.');
      process.exit(130);
    }
    end(name);
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    reason: () => reason,
    end,
    startTimer: (minutes) => {
      if (minutes === undefined) return;
      timer = setTimeout(() => end(`--minutes ${minutes}`), minutes * 60_000);
    },
    dispose: () => {
      clearTimeout(timer);
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
