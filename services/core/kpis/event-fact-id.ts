import type { Surrogate } from '../units.ts';

/** 52 bits of the event, as the ring of recent events keeps them, … */
const eventDigits = 13;
/** … and the rest of 32 digits of the customer. */
const customerDigits = 32 - eventDigits;

/**
 * Id of the fact of an event: digits of the surrogate, which is a hash keyed by tenant, and of the hash of source and
 * event id (`recentHash`). The same event of the same customer always has the same id, and so has what takes it back.
 */
export function eventFactId(surrogate: Surrogate, eventHash: number): string {
  return surrogate.slice(0, customerDigits) + eventHash.toString(16).padStart(eventDigits, '0');
}
