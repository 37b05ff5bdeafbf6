import { randomUUID } from 'node:crypto';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { spendFact, typedFact } from '../../services/core/kpis/figures/figure-fact.ts';
import { spendTypes } from '../../services/core/kpis/figures/spend-row.ts';
import { periodOf } from '../../services/core/kpis/period.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { aRecord } from './builders.ts';
import type { EventsInstallation } from './events-installation.ts';
import { installedRules, readTopic } from './kpi-installation.ts';

const { tenant } = aRecord({});
const origin = { tenant, source: 'cli' };

/** Rows of cost of every sort at an instant, and typed figures of its year, each told twice with another amount. */
export function figureFacts(at: EpochMs): readonly KpiFact[] {
  const day = installedRules.dayOf(at);
  const year = periodOf('year', day);
  return [1, 2].flatMap((sequence) => [
    ...spendTypes.map((type, i) => {
      const row = {
        id: `${type} ${day}`,
        type,
        day,
        channel: i % 2 === 0 ? 'web' : null,
        playbook: null,
        campaign: null,
      };
      return spendFact({ ...row, amountMinor: 1000 * sequence + i }, at, { ...origin, sequence }, nodeDigest);
    }),
    ...['market_share', 'crm_maturity'].map((type) =>
      typedFact({ type, period: year, millionths: 100_000 * sequence, at }, { ...origin, sequence }, nodeDigest),
    ),
  ]);
}

export async function publishFacts({ client, registry, prefix }: EventsInstallation, facts: readonly KpiFact[]) {
  const topic = topicsWithPrefix(prefix).kpiFacts;
  const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
  const sink = createKafkaSink({ client });
  await sink.publish(facts.map((fact) => ({ topic, key: fact.surrogate, value: codec.encode(fact) })));
  await sink.stop();
}

/** A stretch of the facts of each partition once more, at new places, in their order. */
export async function repeatFacts(installation: EventsInstallation): Promise<number> {
  const topic = topicsWithPrefix(installation.prefix).kpiFacts;
  const facts = (await readTopic<KpiFact>(installation, topic, 'kpi-fact')).map(({ value }) => value);
  const again = facts.slice(-Math.ceil(facts.length / 4));
  await publishFacts(installation, again);
  return again.length;
}

/** What staff does through the API: claims and ends tasks, and takes cases from their opening through a pause to a reopening. */
export async function workAsStaff(
  { token }: EventsInstallation,
  url: string,
  surrogates: readonly string[],
): Promise<{ readonly tasks: number; readonly cases: number }> {
  const headers = { authorization: `Bearer ${token}` };
  const post = async (path: string, actor: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'x-actor': actor },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const found = await fetch(`${url}/v1/tasks?limit=20`, { headers });
  const { tasks } = (await found.json()) as {
    tasks: readonly { taskId: string; status: string; arm: string }[];
  };
  // Whom chance holds out is left alone.
  const open = tasks.filter(({ status, arm }) => status === 'open' && arm === 'treated');
  for (const [i, { taskId }] of open.entries()) {
    const actor = i % 2 === 0 ? 'anna' : 'ben';
    await post(`/v1/tasks/${taskId}/claim`, actor, { actor });
    if (i % 3 < 2) await post(`/v1/tasks/${taskId}/resolve`, actor, { actor, result: i % 3 === 0 ? 'kept' : 'lost' });
  }
  for (const [i, surrogate] of surrogates.entries()) await takeCase({ surrogate, isComplaint: i % 2 === 0 }, post);
  return { tasks: open.length, cases: surrogates.length };
}

async function takeCase(
  { surrogate, isComplaint }: { readonly surrogate: string; readonly isComplaint: boolean },
  post: (path: string, actor: string, body: object) => Promise<Record<string, unknown>>,
): Promise<void> {
  const opening = { customer: `~${surrogate}`, channel: 'call', nature: 'product', weight: 'urgent', isComplaint };
  const id = String((await post('/v1/cases', 'anna', opening))['caseId']);
  for (const [verb, body] of [
    ['assign', { owner: 'anna' }],
    ['respond', {}],
    ['wait', { state: 'waiting-for-customer' }],
    ['resume', {}],
    ['progress', { toCustomer: true }],
    ['resolve', { causeCode: 'product-defect' }],
    ['follow-up', {}],
    ...(isComplaint ? ([['close', {}], ['reopen', {}]] as const) : []),
  ] as const) {
    await post(`/v1/cases/${id}/${verb}?customer=~${surrogate}`, 'anna', body);
  }
} // prettier-ignore
