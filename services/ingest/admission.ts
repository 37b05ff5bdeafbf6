/** A request's share of what the service may hold at once. */
export interface Admission {
  /** Replaces the bytes reserved before by what the request really has. False when that is too much now. */
  resize(bytes: number): boolean;
  /** Keeps the share until `work` ends as well. */
  holdUntil(work: Promise<unknown>): void;
  /** Gives the share back, as soon as nothing holds it any more. */
  release(): void;
  /** The sender of a request that was a stranger's is known now. */
  vouch(): void;
}

/** Whether a request showed whose it is before its body was read. */
export type Visitor = 'sender' | 'stranger';

export interface AdmissionDesk {
  /** @returns null when the service holds as much as it may */
  admit(bytes: number, visitor?: Visitor): Admission | null;
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
 * Bounds the memory of unfinished work: while Kafka is away, requests are turned down instead of piling up. Strangers
 * have half of it together, so that connections which only pretend to send never shut a sender out.
 * @param onChange told what is unfinished, after each change
 */
export function createAdmissionDesk(
  limits: AdmissionLimits,
  onChange: (requests: number, bytes: number) => void = () => undefined,
): AdmissionDesk {
  const load: Load = { requests: 0, bytes: 0 };
  const ofStrangers: Load = { requests: 0, bytes: 0 };
  const everything: Share = { load, limits };
  const half = { requestsInFlight: limits.requestsInFlight / 2, bytesInFlight: limits.bytesInFlight / 2 };
  const shares = { sender: [everything], stranger: [everything, { load: ofStrangers, limits: half }] };
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
    admit: (bytes, visitor = 'sender') =>
      shares[visitor].every((share) => hasRoom(share, bytes)) ? createAdmission(bytes, shares[visitor], changed) : null,
  };
}

interface Load {
  requests: number;
  bytes: number;
}

interface Share {
  readonly load: Load;
  readonly limits: AdmissionLimits;
}

/** The only request may be as large as it likes: its own limits bound it. */
function hasRoom({ load, limits }: Share, bytes: number): boolean {
  const isFull = load.requests >= limits.requestsInFlight || load.bytes + bytes > limits.bytesInFlight;
  return !isFull || load.requests === 0;
}

function createAdmission(bytes: number, shares: readonly Share[], changed: () => void): Admission {
  let counted = shares;
  let size = bytes;
  let holders = 1;
  let isReleased = false;
  count(counted, 1, size);
  changed();

  const leave = (): void => {
    holders -= 1;
    if (holders > 0) return;
    count(counted, -1, -size);
    changed();
  };

  return {
    resize(real) {
      const fits = ({ load, limits }: Share): boolean =>
        load.requests === 1 || load.bytes - size + real <= limits.bytesInFlight;
      if (!counted.every(fits)) return false;
      count(counted, 0, real - size);
      size = real;
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
    vouch() {
      // Whoever has left is counted nowhere any more.
      if (holders > 0) count(counted.slice(1), -1, -size);
      counted = counted.slice(0, 1);
    },
  };
}

function count(shares: readonly Share[], requests: number, bytes: number): void {
  for (const { load } of shares) {
    load.requests += requests;
    load.bytes += bytes;
  }
}
