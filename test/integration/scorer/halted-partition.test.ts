import { afterEach, describe, expect, it } from 'vitest';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningScorer, runScorer } from './scorer-bench.ts';

const partitions = 3;
const partitionOf = (surrogate: string) => keyPartition(Buffer.from(surrogate), partitions);
const surrogates = Array.from({ length: 15 }, (_, i) => (i + 1).toString(16).repeat(32));

describe('a scorer that meets a kind of record it does not serve', () => {
  let scorer: RunningScorer;

  afterEach(() => scorer.remove());

  it('halts that partition and says why, while the others go on', async () => {
    scorer = await runScorer({ customers: 5, events: 20, partitions });
    await scorer.done();
    const [halted] = surrogates;
    const others = surrogates.filter((surrogate) => partitionOf(surrogate) !== partitionOf(halted));
    await scorer.events.publish([
      aRecord({ eventId: 'before', surrogate: halted }),
      aRecord({ eventId: 'the-link', kind: 'identity-linked', surrogate: halted }),
      aRecord({ eventId: 'after', surrogate: halted }),
      ...others.map((surrogate) => aRecord({ eventId: `other-${surrogate}`, surrogate })),
    ]);

    const reasons = await eventually(async () => {
      const response = await fetch(`${scorer.process.url}/readyz`);
      expect(response.status).toBe(503);
      const report = (await response.json()) as { ready: boolean; reasons: string[] };
      expect(report.ready).toBe(false);
      return report.reasons;
    });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(new RegExp(`partition ${partitionOf(halted)}.*"identity-linked".*does not serve`));
    expect((await fetch(`${scorer.process.url}/livez`)).status).toBe(200);

    await eventually(async () => {
      const scored = new Set((await scorer.scores()).map(({ eventId }) => eventId));
      expect(others.filter((surrogate) => !scored.has(`other-${surrogate}`))).toEqual([]);
      expect(scored.has('before')).toBe(true);
      expect(scored.has('after')).toBe(false);
    });
    const { body } = await scorer.get(`/v1/customers/~${halted}`);
    expect(body).toMatchObject({ features: { orders: 1 } });
    expect(await scorer.process.stop()).toBe(0);
  });
});
