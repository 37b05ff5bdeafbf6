import type { KpiFact } from './kpi-fact.ts';

/** What facts of alerts have nothing to say of. */
export const unsetFact = {
  epoch: 0,
  sign: 1,
  source: 'alerts',
  channel: null,
  region: null,
  store: null,
  amountMinor: null,
  attributes: [],
  standing: null,
  task: null,
  serviceCase: null,
} as const satisfies Partial<KpiFact>;
