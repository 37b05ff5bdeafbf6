import { EngineError } from '../../core/errors.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { LoyaltyChunk, LoyaltyWork } from './loyalty-context.ts';
import type { LoyaltyDeps } from './loyalty-deps.ts';
import { compareAndSetLoyalty, loadLoyalty } from './loyalty-states.ts';

const maxRounds = 8;

/** Publishes the audit records that the stored states owe. */
export async function publishAudits(
  { sink, codecs, topics }: Pick<LoyaltyDeps, 'sink' | 'codecs' | 'topics'>,
  { chunk, lease, customers }: LoyaltyChunk,
): Promise<void> {
  const audits = [...customers.values()].flatMap(({ stored }) => stored.audits);
  if (audits.length === 0) return;
  if (!lease.isCurrent()) throw fenced(chunk.topic, chunk.partition);
  await sink.publish(
    audits.map((audit) => ({ topic: topics.audit, key: audit.auditId, value: codecs.audit.encode(audit) })),
  );
}

/** Takes what was published out of the states; whoever loses looks again at what is still owed. */
export async function clearAudits(store: StateStore, partition: number, works: readonly LoyaltyWork[]): Promise<void> {
  let pending = works.filter(({ stored }) => stored.audits.length > 0);
  const published = new Set(pending.flatMap(({ stored }) => stored.audits.map(({ auditId }) => auditId)));
  for (let round = 0; pending.length > 0; round++) {
    if (round === maxRounds) throw conflict(partition, pending.length);
    const losers = await compareAndSetLoyalty(
      store,
      pending.map((work) => ({
        work,
        state: { ...work.stored, audits: work.stored.audits.filter(({ auditId }) => !published.has(auditId)) },
      })),
    );
    pending = [...losers];
    await loadLoyalty(store, pending);
  }
}

function fenced(topic: string, partition: number): EngineError {
  const message = `Partition ${partition} of ${topic} has a new owner; what was decided is left to it.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { partition } });
}

function conflict(partition: number, customers: number): EngineError {
  const message = `Another process keeps changing the points of ${customers} customers of partition ${partition}; it is tried again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition, customers } });
}
