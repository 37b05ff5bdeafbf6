import type { CaseStanding, KpiFact, TaskStanding } from '../../services/core/kpis/kpi-fact.ts';

const noon = Date.UTC(2026, 0, 15, 12);

export const aTaskStanding: TaskStanding = {
  trigger: 'level',
  playbook: 'win-back-call',
  arm: 'treated',
  status: 'resolved',
  queue: 'care',
  staff: 'mei',
  segment: 'retail5.core/lifecycle5.active',
  createdAt: noon,
  respondBy: noon + 86_400_000,
  resolveBy: noon + 172_800_000,
  breachedAt: noon + 1_800_000,
  respondedAt: noon + 3_600_000,
  resolvedAt: noon + 7_200_000,
  endedAt: null,
  escalations: 1,
  contactedAt: noon + 60_000,
  contacts: 2,
  costMinor: 500,
  outcome: 'kept',
  measuredAt: noon + 7_776_000_000,
  purchases: 1,
  revenueMinor: 12_300,
  churned: false,
};

export const aCaseStanding: CaseStanding = {
  caseId: 'c-1',
  channel: 'call',
  nature: 'service',
  weight: 'urgent',
  isComplaint: true,
  status: 'closed',
  queue: 'care',
  staff: 'mei',
  causeCode: 'late-delivery',
  openedAt: noon,
  reopenings: 1,
  reopenedAt: noon + 10_000_000,
  resolvedAt: noon + 20_000_000,
  closedAt: noon + 30_000_000,
  answer: { metAt: noon + 3_600_000, ranMs: 3_600_000, overdueAt: null },
  handling: { metAt: null, ranMs: 90_000_000, overdueAt: noon + 86_400_000 },
  complaint: { metAt: noon + 7_200_000, ranMs: 7_200_000, overdueAt: null },
  resolution: { metAt: noon + 20_000_000, ranMs: 20_000_000, overdueAt: null },
};

/** A fact of an order, in whose place everything can be put that a test is about. */
export function aKpiFact(changed: Partial<KpiFact> = {}): KpiFact {
  return {
    factId: '0f'.repeat(16),
    kind: 'event',
    tenant: 'demo',
    surrogate: 'ab'.repeat(16),
    epoch: 1,
    sequence: 41,
    at: noon,
    type: 'order.placed',
    sign: 1,
    source: 'web',
    channel: 'web',
    region: 'north',
    store: 's-12',
    amountMinor: 12_345,
    attributes: [{ name: 'orderId', value: 'o-1' }],
    standing: { asOf: 20_469, stage: 'lifecycle5.active', tier: 'retail5.core', level: 'none', clvMinor: 98_765 },
    task: null,
    serviceCase: null,
    ...changed,
  };
}

/** Facts that together use every field and every branch. */
export const kpiFactSamples: readonly KpiFact[] = [
  aKpiFact({ attributes: [{ name: 'a', value: null }, { name: 'b', value: true }, { name: 'c', value: 4.5 }] }),
  aKpiFact({ kind: 'standing', sign: -1, channel: null, region: null, store: null, amountMinor: null, attributes: [] }),
  aKpiFact({ kind: 'standing', standing: { asOf: 20_469, stage: null, tier: null, level: 'high', clvMinor: null } }),
  aKpiFact({ kind: 'task', standing: null, task: aTaskStanding }),
  aKpiFact({
    kind: 'task',
    standing: null,
    task: {
      ...aTaskStanding,
      queue: null, staff: null, segment: null, respondBy: null, resolveBy: null, respondedAt: null, resolvedAt: null,
      endedAt: noon, contactedAt: null, outcome: null, measuredAt: null,
    },
  }),
  aKpiFact({ kind: 'serviceCase', standing: null, serviceCase: aCaseStanding }),
  aKpiFact({
    kind: 'serviceCase',
    standing: null,
    serviceCase: {
      ...aCaseStanding,
      staff: null, causeCode: null, reopenedAt: null, resolvedAt: null, closedAt: null,
      answer: null, handling: null, complaint: null, resolution: null,
    },
  }),
]; // prettier-ignore
