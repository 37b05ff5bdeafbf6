import { afterEach, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { createBusinessCalendar } from '../../../services/core/events/business-day.ts';
import { applyRecord } from '../../../services/core/features/apply-record.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { readOutputs } from '../../support/scorer-outputs.ts';
import { startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

const context = { calendar: createBusinessCalendar('Europe/London'), digest: nodeDigest };

/** Purchases and amounts per customer, folded one by one in the order they were published. */
function foldAll(records: readonly CustomerRecord[]): Map<string, unknown> {
  const states = new Map<string, ReturnType<typeof emptyState>>();
  records.forEach((record, offset) => {
    const state = states.get(record.surrogate) ?? emptyState();
    applyRecord(state, record, { epoch: 1, partition: 0, offset }, context);
    if (state.version > 0) states.set(record.surrogate, state);
  });
  return new Map([...states].map(([surrogate, state]) => [surrogate, featuresOf(state)]));
}

function featuresOf(state: ReturnType<typeof emptyState>): unknown {
  const { asOf, features } = ownBlock(state);
  return { asOf, features };
}

describe('an events topic that gets more partitions while a scorer reads it', () => {
  let installation: EventsInstallation;

  afterEach(() => installation.remove());

  it('loses no event and counts none twice, though customers move to other partitions', async () => {
    installation = await provisionEvents({ customers: 40, events: 400, partitions: 6 });
    const twin = testPrefix();
    const env = installation.scorerEnv(twin);
    const first = await startService('scorer', env);
    await eventually(() => installation.expectDone(twin), { timeoutMs: 60_000, intervalMs: 200 });
    // More events, some of which nobody has read when the partitions are added and the scorer is killed.
    const more = (from: number) =>
      installation.records.map((record) => ({
        ...record,
        eventId: `${from}:${record.eventId}`,
        occurredAt: record.occurredAt + from * 86_400_000,
        receivedAt: record.receivedAt + from * 86_400_000,
      }));
    await installation.publish(more(1));
    first.child.kill('SIGKILL');
    await first.ended;
    await installation.repartition(12);
    await installation.publish(more(2));
    const second = await startService('scorer', env);
    try {
      await eventually(() => installation.expectDone(twin), { timeoutMs: 90_000, intervalMs: 200 });
    } finally {
      await second.stop();
    }
    const { scores, differingRepeats, states } = await readOutputs(twin, installation);
    expect(differingRepeats).toEqual([]);
    expect(scores.size).toBe(installation.scoredEvents * 3);
    const expected = foldAll([...installation.records, ...more(1), ...more(2)]);
    const found = new Map(
      [...states].map(([key, { state, version }]) => [
        /:([0-9a-f]{32})\}$/.exec(key)?.[1] ?? key,
        featuresOf(decodeState(Buffer.from(state, 'hex'), Number(version))),
      ]),
    );
    expect(found).toEqual(expected);
  });
});
