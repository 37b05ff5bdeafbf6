import type { ConsentGate } from '../ports/consent-gate.ts';

/** Purposes under which customers refuse decisions that a machine makes about their offers. */
const automated: ReadonlySet<string> = new Set(['automated-offers', 'automated-decisions', 'profiling']);

/**
 * The gate over what customers said themselves. Service is not asked for: it answers what the customer wants. A refusal
 * of a purpose holds on every channel, one with a channel on that channel alone; a later grant lifts it.
 */
export const consentByMarks: ConsentGate = ({ purpose, channel, isAutomatedOffer, marks }) => {
  if (purpose === 'service') return null;
  for (const mark of marks) {
    if (mark.granted || (mark.channel !== null && mark.channel !== channel)) continue;
    if (mark.purpose === purpose || mark.purpose === 'all') return `${mark.purpose}-refused`;
    if (isAutomatedOffer && automated.has(mark.purpose)) return `${mark.purpose}-refused`;
  }
  return null;
};
