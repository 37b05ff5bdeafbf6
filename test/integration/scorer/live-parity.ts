import fc from 'fast-check';
import { expect } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { applyRecord } from '../../../services/core/features/apply-record.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { createVectorHasher } from '../../../services/core/scoring/vector-hash.ts';
import { createBusinessCalendar } from '../../../services/core/events/business-day.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { readInstallation } from '../../../services/platform/runtime/installation.ts';
import { arbitraryRecord } from '../../support/arbitraries.ts';
import { vectorOf } from '../../support/fold-history.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

/** Histories with every type of event that features read, in any order, live and imported, some repeated. */
function histories(customers: number, seed: number): CustomerRecord[] {
  const event = arbitraryRecord({ oldestDays: 600, historical: fc.boolean() });
  const life = fc.array(event, { minLength: 8, maxLength: 16 });
  const lives = fc.sample(life, { numRuns: customers, seed });
  const records: CustomerRecord[] = [];
  lives.forEach((events, customer) => {
    const surrogate = (0xabc0000 + customer).toString(16).padStart(32, '0');
    events.forEach((each, i) => records.push({ ...each, surrogate, eventId: `${customer}-${i}` }));
    if (customer % 3 === 0) records.push({ ...events[0], surrogate, eventId: `${customer}-0` });
  });
  return records;
}

/** The hash of the vector after each event that is scored, folded in one go without any store; and the last vectors. */
function foldOffline(records: readonly CustomerRecord[], timezone: string) {
  const context = { calendar: createBusinessCalendar(timezone), digest: nodeDigest };
  const hashVector = createVectorHasher(nodeDigest, featureNames.length);
  const states = new Map(records.map(({ surrogate }) => [surrogate, emptyState()]));
  const hashes = new Map<string, string>();
  records.forEach((record, offset) => {
    const state = states.get(record.surrogate)!;
    const { scored } = applyRecord(state, record, { epoch: 1, partition: 0, offset }, context);
    if (scored) hashes.set(record.eventId, hashVector(vectorOf(state), 0));
  });
  return { hashes, states };
}

async function expectPortraits(scorer: RunningScorer, states: ReturnType<typeof foldOffline>['states']): Promise<void> {
  for (const [surrogate, state] of states) {
    if (state.version === 0) continue;
    const { body } = await scorer.get(`/v1/customers/~${surrogate}`);
    const { features } = body as { features: Record<string, number | null> };
    // JSON keeps every bit of a double; it has no NaN.
    const offline = [...vectorOf(state)].map((value) => (Number.isNaN(value) ? null : value));
    expect(featureNames.map((name) => features[name])).toEqual(offline);
  }
}

/**
 * Sends histories through Kafka to a scorer with its states in Redis, and compares: the vector behind each score with
 * the one folded offline (by hash, so to the bit), and the last vectors read back from Redis with the offline ones.
 */
export async function expectLiveParity(customers: number, seed: number): Promise<void> {
  const scorer = await runScorer({ customers: 1, events: 1, partitions: 3 });
  try {
    const [tenant] = (await readInstallation(scorer.events.scorerEnv(scorer.twin)['TIDEWATCH_INSTALLATION_FILE']))
      .tenants;
    const records = histories(customers, seed);
    const { hashes, states } = foldOffline(records, tenant.timezone);
    await scorer.events.publish(records);
    await scorer.done(40_000 + customers * 20);
    const ours = new Set(records.map(({ surrogate }) => surrogate));
    const scores = (await scorer.scores()).filter(({ surrogate }) => ours.has(surrogate));
    expect(new Map(scores.map(({ eventId, vectorHash }) => [eventId, vectorHash]))).toEqual(hashes);
    expect(hashes.size).toBeGreaterThan(customers * 4);
    await expectPortraits(scorer, states);
  } finally {
    await scorer.remove();
  }
}
