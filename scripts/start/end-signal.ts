const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Why and when the run ends: a signal, the time given by `--minutes`, the end of the data, or a fault. The first signal
 * ends the run in order; a second one ends this process at once, and its children with it.
 */
export class EndSignal {
  readonly #controller = new AbortController();
  readonly #onSignal: (name: NodeJS.Signals) => void;
  #reason = '';
  #fault: Error | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: (line: string) => void) {
    this.#onSignal = (name) => {
      if (this.signal.aborted) {
        log('Asked twice: stopping at once.');
        process.exit(130);
      }
      this.end(name);
    };
    for (const name of signals) process.on(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Empty while nothing has ended the run. */
  get reason(): string {
    return this.#reason;
  }

  /** The fault that ended the run, if it was one. */
  get fault(): Error | null {
    return this.#fault;
  }

  /** Ends the run in order. */
  end(reason: string): void {
    if (this.signal.aborted) return;
    this.#reason = reason;
    this.#controller.abort(this.#fault ?? new Error(`ended by ${reason} before everything was ready`));
  }

  /** Ends the run because of a fault. */
  fail(error: unknown): void {
    this.#fault ??= error instanceof Error ? error : new Error(String(error));
    this.end('a fault');
  }

  /** Never resolves; rejects when the run is to end. For racing against work. */
  ended(): Promise<never> {
    return new Promise<never>((_, reject) => {
      const rejectNow = (): void => reject(this.signal.reason as Error);
      if (this.signal.aborted) rejectNow();
      else this.signal.addEventListener('abort', rejectNow, { once: true });
    });
  }

  /** Begins to count the minutes. */
  startTimer(minutes: number | undefined): void {
    if (minutes !== undefined) this.#timer = setTimeout(() => this.end(`--minutes ${minutes}`), minutes * 60_000);
  }

  /** Stops listening and counting. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const name of signals) process.off(name, this.#onSignal);
  }
}
