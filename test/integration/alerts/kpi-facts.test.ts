import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPartition } from '../../../services/core/events/key-partition.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { aScore } from '../../support/score-builder.ts';
import type { ServiceProcess } from '../../support/service-process.ts';

const surrogate = 'c'.repeat(32);
const partitions = 3;

describe('facts of running alerts', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;
  let service: ServiceProcess;

  beforeAll(async () => {
    installation = await provisionAlerts();
    service = await installation.start();
  });
  afterAll(async () => {
    await service.stop();
    await installation.remove();
  });

  async function newest(): Promise<readonly { readonly partition: number; readonly value: KpiFact }[]> {
    const facts = (await installation.readFacts()).map(({ record, value }) => ({ partition: record.partition, value }));
    return facts.filter(
      ({ value }) =>
        !facts.some((other) => other.value.factId === value.factId && other.value.sequence > value.sequence),
    );
  }

  it('go out with tasks, cases and what the staff did, each customer and person in a partition of their own', async () => {
    const now = Date.now();
    await installation.publish([aScore({ surrogate, level: 'critical', receivedAt: now })]);
    const event = { surrogate, receivedAt: now, attributes: [{ name: 'caseId', value: 'c-1' }] };
    await installation.publishEvents([
      { ...event, eventId: 'opened', type: 'case.opened' },
      { ...event, eventId: 'responded', type: 'case.responded' },
    ]);
    const command = { customer: `~${surrogate}`, channel: 'call' };
    await eventually(async () => {
      const response = await fetch(`${service.url}/v1/cases`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${installation.token}`,
          'content-type': 'application/json',
          'idempotency-key': 'one',
          'x-actor': 'mei',
        },
        body: JSON.stringify(command),
      });
      expect([200, 201]).toContain(response.status);
    });
    await eventually(async () => {
      const facts = await newest();
      const kinds = (kind: string) => facts.filter(({ value }) => value.kind === kind);
      expect(kinds('task').map(({ value }) => value.task?.status)).toContain('open');
      const cases = kinds('serviceCase').map(({ value }) => [value.channel, value.serviceCase?.status]);
      expect(cases.toSorted()).toEqual([['call', 'opened'], ['web', 'responded']]); // prettier-ignore
      expect(new Set(kinds('usage').map(({ value }) => value.type))).toEqual(new Set(['case-open']));
      for (const { partition, value } of facts) expect(partition).toBe(keyPartition(value.surrogate, partitions));
      for (const { value } of facts) expect(value.surrogate === surrogate).toBe(value.kind !== 'usage');
    });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/tidewatch_kpi_facts_total\{kind="task"\} [1-9]/);
    expect(metrics).not.toContain('mei');
  });
});
