import { ingestLimits } from './ingest-limits.ts';

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
  readonly requestsInFlight: number;
  readonly bytesInFlight: number;
}

type Limits = Pick<typeof ingestLimits, 'requestsInFlight' | 'bytesInFlight'>;

/** Bounds the memory of unfinished work: while Kafka is away, requests are turned down instead of piling up. */
export function createAdmissionDesk(
  limits: Limits = ingestLimits,
  onChange: (requests: number, bytes: number) => void = () => undefined,
): AdmissionDesk {
  let requests = 0;
  let total = 0;
  return {
    get requestsInFlight() {
      return requests;
    },
    get bytesInFlight() {
      return total;
    },
    admit(bytes) {
      // The only request may be as large as it likes: its own limits bound it.
      if (requests > 0 && (requests >= limits.requestsInFlight || total + bytes > limits.bytesInFlight)) return null;
      let share = bytes;
      let holders = 1;
      requests += 1;
      total += share;
      onChange(requests, total);
      const leave = (): void => {
        holders -= 1;
        if (holders > 0) return;
        requests -= 1;
        total -= share;
        onChange(requests, total);
      };
      let isReleased = false;
      return {
        resize(real) {
          if (requests > 1 && total - share + real > limits.bytesInFlight) return false;
          total += real - share;
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
    },
  };
}
