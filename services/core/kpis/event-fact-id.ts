import type { Surrogate } from '../units.ts';

/** 52 bits of the event, as the ring of recent events keeps them, are 13 digits; the rest of 32 are the customer's. */
const customerDigits = 32 - 13;

/** Three digits at a time: to write a number beyond 31 bits in another base takes more than all else of a fact. */
const triples = Array.from({ length: 4096 }, (_, i) => i.toString(16).padStart(3, '0'));
const half = 2 ** 24;

/**
 * Id of the fact of an event: digits of the surrogate, which is a hash keyed by tenant, and of the hash of source and
 * event id (`recentHash`). The same event of the same customer always has the same id, and so has what takes it back.
 */
export function eventFactId(surrogate: Surrogate, eventHash: number): string {
  const high = Math.floor(eventHash / half);
  const low = eventHash - high * half;
  const ofCustomer = surrogate.slice(0, customerDigits);
  const first = (high >>> 24).toString(16);
  return (
    ofCustomer +
    first +
    triples[(high >>> 12) & 4095] +
    triples[high & 4095] +
    triples[low >>> 12] +
    triples[low & 4095]
  );
}
