/** A request's share of what the service may hold at once. */
export interface Admission {
  /** Replaces the bytes reserved before by what the request really has. False when that is too much now. */
  resize(bytes: number): boolean;
  /** Keeps the share until `work` ends as well. */
  holdUntil(work: Promise<unknown>): void;
  /** Gives the share back, as soon as nothing holds it any more. */
  release(): void;
}

export interface AdmissionDesk {
  /** @returns null when the service holds as much as it may */
  admit(bytes: number): Admission | null;
  /** Resolves as soon as nothing is unfinished. */
  idle(): Promise<void>;
  readonly requestsInFlight: number;
  readonly bytesInFlight: number;
}

export interface AdmissionLimits {
  readonly requestsInFlight: number;
  readonly bytesInFlight: number;
}

/**
 * Bounds the memory of unfinished work: while Kafka is away, requests are turned down instead of piling up.
 * @param onChange told what is unfinished, after each change
 */
export function createAdmissionDesk(
  limits: AdmissionLimits,
  onChange: (requests: number, bytes: number) => void = () => undefined,
): AdmissionDesk {
  const load: Load = { requests: 0, bytes: 0 };
  let whenIdle: (() => void)[] = [];

  function changed(): void {
    onChange(load.requests, load.bytes);
    if (load.requests > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  }

  return {
    get requestsInFlight() {
      return load.requests;
    },
    get bytesInFlight() {
      return load.bytes;
    },
    idle: () => (load.requests === 0 ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve))),
    admit(bytes) {
      const isFull = load.requests >= limits.requestsInFlight || load.bytes + bytes > limits.bytesInFlight;
      // The only request may be as large as it likes: its own limits bound it.
      if (isFull && load.requests > 0) return null;
      return createAdmission(bytes, load, limits, changed);
    },
  };
}

interface Load {
  requests: number;
  bytes: number;
}

function createAdmission(bytes: number, load: Load, limits: AdmissionLimits, changed: () => void): Admission {
  let share = bytes;
  let holders = 1;
  let isReleased = false;
  load.requests += 1;
  load.bytes += share;
  changed();

  const leave = (): void => {
    holders -= 1;
    if (holders > 0) return;
    load.requests -= 1;
    load.bytes -= share;
    changed();
  };

  return {
    resize(real) {
      if (load.requests > 1 && load.bytes - share + real > limits.bytesInFlight) return false;
      load.bytes += real - share;
      share = real;
      return true;
    },
    holdUntil(work) {
      holders += 1;
      work.then(leave, leave);
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      leave();
    },
  };
}
