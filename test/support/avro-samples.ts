import type { ActivationView } from '../../services/core/events/activation-view.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { untranslated, type DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { untouchedTask } from '../../services/core/tasks/untouched-task.ts';
import { kpiFactSamples } from './a-kpi-fact.ts';

const surrogate = '00112233445566778899aabbccddeeff';
const noon = Date.UTC(2026, 0, 15, 12);

const plainEvent: CustomerRecord = {
  kind: 'event',
  eventId: 'event-1',
  tenant: 'demo',
  region: null,
  store: null,
  source: 'web-shop',
  channel: 'web',
  type: 'order.placed',
  name: null,
  surrogate,
  identities: [],
  occurredAt: noon,
  receivedAt: noon + 1_000,
  amountMinor: null,
  currency: null,
  reportingAmountMinor: null,
  rateVersion: null,
  attributes: [],
  envelope: null,
  consent: [],
  contentHash: '0123456789abcdef0123456789abcdef',
  historical: false,
  importId: null,
  planVersion: null,
  origin: null,
  epochStarted: null,
  activation: null,
  dayClosed: null,
  link: null,
  snapshot: null,
  erasure: null,
  retracted: null,
};

const origin = { epoch: 1, partition: 3, offset: 2 ** 40, linkEpoch: 2, path: [surrogate] };

/** A value with every field filled, down to each branch of each union. */
const fullEvent: CustomerRecord = {
  ...plainEvent,
  kind: 'event-retracted',
  region: 'EU',
  store: 'Leipzig',
  name: 'own.name',
  identities: [{ type: 'user', hash: 'ab'.repeat(16) }],
  amountMinor: -(2 ** 53 - 2),
  currency: 'GBP',
  reportingAmountMinor: 2 ** 53 - 2,
  rateVersion: '2026-01-15',
  attributes: [
    { name: 'flag', value: true },
    { name: 'none', value: null },
    { name: 'number', value: 0.1 },
    { name: 'text', value: '简体中文 ✓' },
  ],
  envelope: { keyId: 'key-1', fields: [{ name: 'email', sealed: Buffer.from([0, 255, 128, 10]) }] },
  consent: [{ purpose: 'profiling', channel: null, granted: false }],
  historical: true,
  importId: 'import-1',
  planVersion: '7',
  origin,
  epochStarted: { epoch: 1, partitions: 12, reason: 'topic created' },
  activation: {
    activationId: 'cd'.repeat(16),
    stableModel: 'retention/1',
    stableModelHash: 'ef'.repeat(32),
    candidateModel: 'retention/2',
    candidateModelHash: '01'.repeat(32),
    candidateShare: 0.25,
    backend: 'wasm',
    levelCutoffs: [{ level: 'watch', enter: 0.5, exit: 0.45 }],
    tierCutoffs: [{ scheme: 'spend', tier: 'gold', cutoff: 1_000.5 }],
    segments: '2026-11+1f2e3d4c',
  },
  dayClosed: { day: 20_468, timezone: 'Europe/London' },
  link: { constituent: surrogate, person: 'ff'.repeat(16), linkEpoch: 2, path: [] },
  snapshot: { constituent: surrogate, linkEpoch: 2, origin, stateVersion: 9, state: Buffer.from('state') },
  erasure: { requestId: 'request-1', reason: 'asked for' },
  retracted: plainEvent,
};

const score: Score = {
  scoreId: '12'.repeat(16),
  tenant: 'demo',
  surrogate,
  customerRef: 'user:42',
  source: 'web-shop',
  eventId: 'event-1',
  cause: 'event',
  asOf: 20_469,
  stateVersion: 17,
  activationId: 'cd'.repeat(16),
  modelVersion: 'retention/1',
  backend: 'wasm',
  vectorHash: '34'.repeat(16),
  churn: { p30: 0.9, p60: 0.8, p90: 0.7 },
  pAlive: 0.95,
  expectedSpend90d: { mean: 120.5, median: 80.25, currency: 'GBP' },
  clv: { mean: 900, low: 500, high: 1_500, horizonDays: 365, currency: 'GBP' },
  level: 'high',
  tier: 'gold',
  stage: 'at-risk',
  reasons: [{ code: 'recency', contribution: 0.4, en: 'Long since the last order', zhCN: '距上次订单已久' }],
  nextBestAction: 'call',
  degraded: false,
  supersedes: '56'.repeat(16),
  historical: false,
  occurredAt: noon,
  receivedAt: noon + 1_000,
};

const task: RetentionTask = {
  ...untouchedTask,
  taskId: '78'.repeat(16),
  version: 3,
  tenant: 'demo',
  surrogate,
  customerRef: null,
  trigger: 'level-high',
  playbook: 'call-back',
  episode: 1,
  priority: 0.75,
  status: 'resolved',
  owner: 'care-1',
  createdAt: noon,
  updatedAt: noon + 5_000,
  respondBy: noon + 86_400_000,
  resolveBy: null,
  score,
  textEn: 'Call the customer back.',
  textZhCN: '回访客户。',
  arm: 'treated',
  outcome: { result: 'kept', reason: null, at: noon + 4_000 },
  reasons: [{ code: 'silence', contribution: 0.4, en: 'Long since the last order', zhCN: '距上次订单已久' }],
};

const workedTask: RetentionTask = {
  ...task,
  queue: 'service',
  playbookVersion: '1+1f2e3d4c',
  segment: 'core/active',
  causes: ['event-1', 'event-2'],
  considered: [{ playbook: 'save-price', worth: 12.5, why: 'other-reasons' }],
  offer: { en: 'Apology', zhCN: '致歉', costMinor: 1_000 },
  step: { index: 2, kind: 'task', since: noon + 1_000 },
  snoozedUntil: noon + 2_000,
  claimedUntil: noon + 3_000,
  escalations: 1,
  warnedAt: noon + 1_500,
  breachedAt: noon + 2_500,
  respondedAt: noon + 3_500,
  resolvedAt: noon + 4_000,
  contacts: [
    { contactId: '9a'.repeat(16), channel: 'email', purpose: 'care', en: 'Hello', zhCN: '您好', at: noon + 1_000 },
  ],
  calls: [{ callId: 'bc'.repeat(16), target: 'crm', at: noon + 1_000 }],
  measured: { until: noon + 7_776_000_000, purchases: 2, revenueMinor: -150, churned: false },
  holdoutShare: 0.1,
  change: 'resolve',
  changedBy: 'care-1',
  note: 'Customer is satisfied.',
};

const command: RetentionCommand = {
  commandId: 'de'.repeat(16),
  tenant: 'demo',
  surrogate,
  verb: 'case-sort',
  actor: 'care-1',
  at: noon,
  taskId: '78'.repeat(16),
  caseId: 'case-1',
  digest: 'ef'.repeat(16),
  owner: 'care-2',
  until: noon + 3_600_000,
  result: 'kept',
  reason: 'price',
  note: 'Called back.',
  state: 'waiting-for-customer',
  nature: 'product',
  weight: 'urgent',
  isComplaint: true,
  channel: 'phone',
  points: -20,
  isToCustomer: false,
  by: 'person',
};

const bareCommand: RetentionCommand = {
  ...command, taskId: null, caseId: null, owner: null, until: null, result: null, reason: null, note: null, state: null,
  nature: null, weight: null, isComplaint: null, channel: null, points: null, isToCustomer: null, by: null,
}; // prettier-ignore

const auditRecord: AuditRecord = {
  auditId: '9f'.repeat(16),
  tenant: 'demo',
  at: noon,
  actor: 'engine',
  action: 'open-task',
  result: 'withheld',
  reason: 'consent-refused',
  surrogate,
  subject: '78'.repeat(16),
  playbook: 'save-price',
  note: 'marketing',
};

const deadLetter: DeadLetterRecord = {
  tenant: 'demo',
  source: 'web-shop',
  eventId: null,
  code: 'ERR_RECORD_DECODE',
  detail: 'The bytes are not a tidewatch.CustomerEvent: the bytes end too early.',
  step: 'scorer.decode',
  topic: 'customer.events.v1',
  partition: 3,
  offset: 2 ** 40,
  recordedAt: noon,
  keyId: 'installation',
  original: Buffer.from([1, 2, 3]),
  channel: 'web',
  importId: 'import-7',
  dialect: 'segment',
  call: 'batch',
  share: Buffer.from([4, 5]),
};

const activationView: ActivationView = {
  scope: 'installation',
  epoch: 1,
  partitions: 12,
  activationId: 'cd'.repeat(16),
  content: '{}',
};

const segmentChanges: SegmentChanges = {
  changeId: '34'.repeat(16),
  tenant: 'demo',
  surrogate,
  customerRef: 'user:42',
  source: 'web-shop',
  eventId: 'event-1',
  eventType: 'order.placed',
  cause: 'event',
  asOf: 20_469,
  at: noon,
  stateVersion: 17,
  activationId: 'cd'.repeat(16),
  segments: '1+1f2e3d4c',
  historical: false,
  changes: [
    { kind: 'tier', scheme: 'retail5', old: 'ordinary', new: 'core', because: 'spend_365' },
    { kind: 'stage', scheme: 'lifecycle5', old: null, new: 'new', because: 'purchase' },
    { kind: 'cell', scheme: 'rfm', old: 'R1F1M1', new: null, because: null },
  ],
};

/** Values of each schema that together use every field and every branch. */
export const avroSamples: Readonly<Record<string, readonly unknown[]>> = {
  'customer-event': [plainEvent, fullEvent],
  score: [score, { ...score, pAlive: null, expectedSpend90d: null, clv: null, reasons: null, tier: null }],
  'retention-task': [
    task,
    { ...task, owner: null, respondBy: null, outcome: null },
    { ...task, reasons: null },
    workedTask,
    { ...task, status: 'retracted', outcome: null, endedAt: noon + 4_500 },
  ],
  'retention-command': [command, bareCommand],
  'audit-record': [
    auditRecord,
    { ...auditRecord, reason: null, surrogate: null, subject: null, playbook: null, note: null },
  ],
  'dead-letter': [
    deadLetter,
    { ...deadLetter, tenant: null, partition: null, offset: null, keyId: null },
    { ...deadLetter, ...untranslated },
  ],
  'activation-view': [activationView],
  'kpi-fact': kpiFactSamples,
  'segment-changes': [segmentChanges, { ...segmentChanges, customerRef: null, eventType: '', cause: 'day' }],
};
