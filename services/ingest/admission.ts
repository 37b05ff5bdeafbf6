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

export interface AdmissionDesk {
  /**
   * @param stranger where a request comes from that did not show whose it is before its body is read; absent for all others
   * @returns null when the service holds as much as it may
   */
  admit(bytes: number, stranger?: string): Admission | null;
  /** Resolves as soon as nothing is unfinished. */
  idle(): Promise<void>;
  readonly requestsInFlight: number;
  readonly bytesInFlight: number;
}

export interface AdmissionLimits {
  readonly requestsInFlight: number;
  readonly bytesInFlight: number;
}

/** What strangers may hold together until they have shown a key, and what those of one address may hold of that. */
const strangersPart = 1 / 4;
const addressPart = 1 / 2;
/** Addresses without a request are forgotten when there are more than so many. */
const mostAddresses = 1_000;

/**
 * Bounds the memory of unfinished work: while Kafka is away, requests are turned down instead of piling up. Strangers
 * have a part of it together, so that connections which only pretend to send never shut a sender out, and those of one
 * address have a part of that, so that they do not shut out all other strangers either.
 * @param onChange told what is unfinished, after each change
 */
export function createAdmissionDesk(
  limits: AdmissionLimits,
  onChange: (requests: number, bytes: number) => void = () => undefined,
): AdmissionDesk {
  const load: Load = { requests: 0, bytes: 0 };
  const everything: Share = { load, limits };
  const strangers: Share = { load: { requests: 0, bytes: 0 }, limits: partOf(limits, strangersPart) };
  const ofAddress = shareByAddress(partOf(strangers.limits, addressPart));
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
    admit(bytes, stranger) {
      const shares = stranger === undefined ? [everything] : [everything, strangers, ofAddress(stranger)];
      return shares.every((share) => hasRoom(share, bytes)) ? createAdmission(bytes, shares, changed) : null;
    },
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

function partOf({ requestsInFlight, bytesInFlight }: AdmissionLimits, part: number): AdmissionLimits {
  return { requestsInFlight: Math.max(1, requestsInFlight * part), bytesInFlight: bytesInFlight * part };
}

function shareByAddress(limits: AdmissionLimits): (address: string) => Share {
  const known = new Map<string, Share>();
  return (address) => {
    const found = known.get(address);
    if (found !== undefined) return found;
    if (known.size >= mostAddresses) {
      for (const [each, { load }] of known) if (load.requests === 0) known.delete(each);
    }
    const share = { load: { requests: 0, bytes: 0 }, limits };
    known.set(address, share);
    return share;
  };
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
