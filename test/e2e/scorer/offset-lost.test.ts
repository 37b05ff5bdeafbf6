import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { readGroupPositions, type GroupPosition } from '../../../services/platform/kafka/group-positions.ts';
import { type EventsInstallation, mixedEvent, provisionEvents } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { readOutputs } from '../../support/scorer-outputs.ts';
import { spawnService, startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

/** Two scorers read to the end and go away; meanwhile records come, and retention removes some that neither has read. */
describe('a scorer whose offsets expired while it was down', () => {
  const resumes = testPrefix();
  const stops = testPrefix();
  let events: EventsInstallation;
  let topic: string;
  let lostPartitions: number;

  async function withAdmin<T>(
    work: (admin: ReturnType<EventsInstallation['client']['admin']>) => Promise<T>,
  ): Promise<T> {
    const admin = events.client.admin();
    await admin.connect();
    return work(admin).finally(() => admin.disconnect());
  }

  const positionsOf = (twin: string): Promise<GroupPosition[]> =>
    withAdmin((admin) => readGroupPositions(admin, `${twin}tidewatch.scorer`, [topic]));

  const env = (twin: string, policy: 'resume' | 'stop') => ({
    ...events.scorerEnv(twin),
    TIDEWATCH_WHEN_OFFSET_LOST: policy,
  });

  beforeAll(async () => {
    events = await provisionEvents({ customers: 30, events: 200, partitions: 2 });
    topic = topicsWithPrefix(events.prefix).events;
    for (const twin of [resumes, stops]) {
      const scorer = await startService('scorer', env(twin, 'resume'));
      await eventually(() => events.expectDone(twin), { timeoutMs: 60_000, intervalMs: 200 });
      expect(await scorer.stop()).toBe(0);
    }
    await events.publish(Array.from({ length: 120 }, (_, i) => mixedEvent(5_000 + i, 30)));
    const partitions = (await positionsOf(resumes)).map(({ partition, committed }) => ({
      partition,
      offset: String((committed ?? 0) + 10),
    }));
    lostPartitions = partitions.length;
    await withAdmin(async (admin) => {
      // The client deletes only from topics it has heard of.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions });
    });
  });

  afterAll(() => events.remove());

  it('says so for each partition and goes on at the oldest record, with the policy resume', async () => {
    const scorer = await startService('scorer', env(resumes, 'resume'));
    await eventually(() => events.expectDone(resumes), { timeoutMs: 60_000, intervalMs: 200 });
    const metrics = await (await fetch(`${scorer.url}/metrics`)).text();
    expect(metrics).toContain(`tidewatch_offsets_lost_total ${lostPartitions}`);
    expect(scorer.output().split('"event":"offset_out_of_range"')).toHaveLength(lostPartitions + 1);
    expect(await scorer.stop()).toBe(0);
    const { scores } = await readOutputs(resumes, events);
    expect(scores.size).toBeGreaterThan(events.scoredEvents);
  });

  it('says so and ends with 1 before it handles anything, with the policy stop', async () => {
    const before = await positionsOf(stops);
    const scorer = spawnService('scorer', env(stops, 'stop'));
    expect(await scorer.ended).toEqual({ code: 1, signal: null });
    expect(scorer.output()).toContain('"event":"offset_out_of_range"');
    expect(await positionsOf(stops)).toEqual(before);
    await readOutputs(stops, events);
  });
});
