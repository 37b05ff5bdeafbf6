import type { Surrogate } from '../units.ts';

const form = /^~[0-9a-f]{32}$/;

/** The surrogate that a sender names instead of an id of the business, as `customerId` of scores and tasks; else null. */
export function namedSurrogate(id: string | null): Surrogate | null {
  return id !== null && form.test(id) ? id.slice(1) : null;
}
