import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { compileTaskRules, type TaskRulesOptions } from '../../services/core/playbooks/compile-task-rules.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import type { CapRule, PlaybookRule, PlaybooksDocument } from '../../services/core/playbooks/playbook-document.ts';
import { compileServiceRules } from '../../services/core/service/compile-service-rules.ts';
import type { TaskRules } from '../../services/core/playbooks/tenant-rules.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readService } from '../../services/platform/runtime/read-service.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';

const segments = await readSegments(null, featureNames);
const around = { ...placesOf(segments.document), channels: new Set<string>(messageChannels), webhooks: null };

/** The playbooks that come with Tidewatch. */
export const shippedPlaybooks: PlaybooksDocument = (await readPlaybooks(null, around)).document;

const tiers = new Set([...around.tiers.values()].flatMap((names) => [...names]));
const shippedService = await readService(null, { queues: new Set(Object.keys(shippedPlaybooks.queues)), tiers });

/** What is promised to customers with a concern, as it comes with Tidewatch. */
export const serviceRules = compileServiceRules(shippedService.document, {
  timezone: 'UTC',
  version: '1+test',
  digest: nodeDigest,
  issueToken: ({ askId }) => askId,
});

/** The same without surveys, and patient with cases that do not move. */
export const quietServiceRules = compileServiceRules(
  {
    ...shippedService.document,
    stuck_after: { routine: '9999d', complex: '9999d', urgent: '9999d' },
    surveys: { ...shippedService.document.surveys, ask: {} },
  },
  { timezone: 'UTC', version: '1+quiet', digest: nodeDigest, issueToken: ({ askId }) => askId },
);

export interface TestRules extends Partial<TaskRulesOptions> {
  /** Replaces the shipped ones where given. */
  readonly playbooks?: Readonly<Record<string, PlaybookRule>>;
  readonly timezone?: string;
  /** Replaces the shipped caps of contacts where given. */
  readonly caps?: readonly CapRule[];
  /** Share of the holdout of every playbook; 0 where nothing is said. */
  readonly holdout?: number;
}

/** Rules of the tenants `demo` and `other`, whose reporting currency is GBP. */
export function taskRules({ playbooks, timezone = 'UTC', holdout = 0, caps, ...options }: TestRules = {}): TaskRules {
  const { contact } = shippedPlaybooks;
  const named = Object.entries(playbooks ?? shippedPlaybooks.playbooks);
  const changed = Object.fromEntries(named.map(([id, playbook]) => [id, { ...playbook, holdout }]));
  return compileTaskRules(
    { ...shippedPlaybooks, contact: { ...contact, caps: caps ?? contact.caps }, playbooks: changed },
    {
      version: '1+test',
      digest: nodeDigest,
      service: () => serviceRules,
      tenants: new Map(['demo', 'other'].map((id) => [id, { timezone, currency: 'GBP' }])),
      ...options,
    },
  );
}
