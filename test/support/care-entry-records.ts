import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import { taskId } from '../../services/core/tasks/task-id.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { CareEntry } from '../../simulator/care/care-entry.ts';
import { aRecord } from './builders.ts';
import { aCommand } from './command-builder.ts';
import { aScore } from './score-builder.ts';

export type CareRecord =
  | { readonly topic: 'scores'; readonly body: Score }
  | { readonly topic: 'events'; readonly body: CustomerRecord }
  | { readonly topic: 'segments'; readonly body: SegmentChanges }
  | { readonly topic: 'commands'; readonly body: RetentionCommand };

const dayMs = 86_400_000;

/** An entry of the care business as the record that alerts would read; `n` counts the entries of the customer from 1. */
export function careRecord(entry: CareEntry, { surrogate, n }: { surrogate: string; n: number }): CareRecord {
  const { at } = entry;
  const id = `${surrogate.slice(0, 12)}-${n}`;
  switch (entry.kind) {
    case 'score': {
      const { level, p90, value } = entry;
      const reasons = entry.reasons.map((code) => ({ code, contribution: 1, en: code, zhCN: code }));
      return {
        topic: 'scores',
        body: aScore({
          surrogate, level, reasons, stateVersion: n, receivedAt: at, scoreId: id, eventId: id,
          churn: { p30: 1, p60: 1, p90 }, expectedSpend90d: { mean: value, median: value, currency: 'GBP' },
        }),
      }; // prettier-ignore
    }
    case 'event': {
      const attributes = Object.entries(entry.attributes).map(([name, one]) => ({ name, value: one }));
      const { type, amountMinor } = entry;
      const amount = { amountMinor, reportingAmountMinor: amountMinor };
      return {
        topic: 'events',
        body: aRecord({ surrogate, eventId: id, type, attributes, ...amount, occurredAt: at, receivedAt: at }),
      };
    }
    case 'place': {
      const { standing: kind, scheme, name } = entry;
      const changes = [{ kind, scheme, old: null, new: name, because: null }];
      return {
        topic: 'segments',
        body: {
          tenant: 'demo', surrogate, changeId: id, customerRef: null, source: 'web-shop', eventId: id, eventType: '',
          cause: 'day', asOf: Math.floor(at / dayMs), at, stateVersion: n, activationId: '', segments: '1',
          historical: false, changes,
        },
      }; // prettier-ignore
    }
    case 'staff': {
      const { verb, task, until, result, state } = entry;
      const identity = task && { tenant: 'demo', surrogate, ...task };
      return {
        topic: 'commands',
        body: aCommand({
          commandId: id, surrogate, verb, at, until, result, state,
          taskId: identity && taskId(nodeDigest, identity),
        }),
      }; // prettier-ignore
    }
  }
}
