import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../services/alerts/alerts-operations.ts';
import type { AuditRecord } from '../../../services/core/audit/audit-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

interface Standing {
  readonly points: Readonly<Record<'balance' | 'earned' | 'corrected' | 'spent' | 'expired', number>>;
  readonly level: { readonly name: string; readonly next: { readonly missingSpend: number } | null };
  readonly benefits: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

const logger = createLogger({ name: 'test', level: 'silent' });
const customers = 150;
/** The same in an event that is sent again. */
const now = Date.now();

describe('loyalty on Kafka, registry, Redis and ingest', () => {
  let installation: IngestInstallation;
  let ingest: ServiceProcess;
  let alerts: ServiceProcess;

  const startAlerts = () =>
    startService('alerts', {
      ...installation.env,
      TIDEWATCH_ALERTS_PORT: '0',
      TIDEWATCH_SESSION_TIMEOUT_MS: '6000',
      TIDEWATCH_INGEST_URL: ingest.url,
      TIDEWATCH_DELIVERY_WRITE_KEY: installation.writeKey,
    });

  beforeAll(async () => {
    installation = await createIngestInstallation();
    ingest = await startService('ingest', installation.env);
    alerts = await startAlerts();
  });
  afterAll(async () => {
    await alerts.stop();
    await ingest.stop();
    await installation.remove();
  });

  async function post(events: readonly object[]): Promise<void> {
    const response = await fetch(`${ingest.url}/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${installation.writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ events }),
    });
    const answer = (await response.json()) as { results: Record<string, { result: string }> };
    const wrong = Object.values(answer.results).filter(({ result }) => !['accepted', 'duplicate'].includes(result));
    expect(wrong).toEqual([]);
  }

  const authorization = () => `Bearer ${installation.token}`;
  async function get(path: string): Promise<{ status: number; body: Standing }> {
    const response = await fetch(`${alerts.url}${path}`, { headers: { authorization: authorization() } });
    return { status: response.status, body: (await response.json()) as Standing };
  }
  async function correct(user: string, body: object, key: string) {
    const response = await fetch(`${alerts.url}/v1/customers/${user}/points`, {
      method: 'POST',
      headers: { authorization: authorization(), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as object };
  }

  /** A customer who sends something back before it is known what was bought, and comes to 575 of spend. */
  function eventsOf(user: number, part: 'first' | 'second'): object[] {
    const event = (name: string, type: string, amount: number | null, properties: object) => ({
      id: `${user}-${name}`,
      type,
      time: new Date(now).toISOString(),
      userId: `member-${user}`,
      ...(amount === null ? {} : { amount, currency: 'GBP' }),
      properties,
    });
    if (part === 'first') {
      return [
        event('back', 'order.returned', 25.5, { orderId: `A-${user}` }),
        event('one', 'order.placed', 300.5, { orderId: `A-${user}` }),
        event('spend', 'points.redeemed', null, { points: 40 }),
      ];
    }
    return [
      event('two', 'order.placed', 400, { orderId: `B-${user}` }),
      event('cancel', 'order.cancelled', 100, { orderId: `B-${user}` }),
      event('till', 'points.earned', null, { points: 7 }),
    ];
  }

  async function settled(): Promise<void> {
    await eventually(
      async () => {
        for (let user = 0; user < customers; user += 1) {
          const { status, body } = await get(`/v1/customers/member-${user}/loyalty`);
          expect(status).toBe(200);
          // 300 of 300.50 and 400 are earned; 25.50 of 300.50 takes 25 of 300 points, 100 of 400 takes 100.
          const points = { earned: 707, corrected: -125, spent: 40, expired: 0, balance: 542 };
          expect(body.points).toMatchObject(points);
          expect(body.level).toMatchObject({ name: 'gold', next: { missingSpend: 1425 } });
        }
      },
      { timeoutMs: 90_000 },
    );
  }

  const levelsTold = async () => (await installation.events()).filter((event) => event.type === 'member.level_changed');

  it('killed in the middle and started again: books and tells everything once', { timeout: 240_000 }, async () => {
    const users = Array.from({ length: customers }, (_, user) => user);
    await post(users.flatMap((user) => eventsOf(user, 'first')));
    await eventually(async () => expect((await get('/v1/customers/member-0/loyalty')).status).toBe(200), {
      timeoutMs: 60_000,
    });
    await post(users.flatMap((user) => eventsOf(user, 'second')));
    await alerts.kill();
    await post(users.slice(0, 20).flatMap((user) => eventsOf(user, 'second')));
    alerts = await startAlerts();
    await settled();
    await eventually(async () => expect(await levelsTold()).toHaveLength(customers), { timeoutMs: 60_000 });
    const told = await levelsTold();
    expect(new Set(told.map(({ surrogate }) => surrogate)).size).toBe(customers);
    for (const { attributes } of told) {
      expect(Object.fromEntries(attributes.map(({ name, value }) => [name, value]))).toMatchObject({
        level: 'gold',
        previousLevel: 'silver',
      });
    }
    const { body } = await get('/v1/customers/member-0/loyalty');
    expectDescribed(alertsApi, 'GET /v1/customers/{id}/loyalty', body);
    expect(Object.keys(body.benefits)).toEqual(['potential', 'new', 'active', 'dormant', 'lapsed']);
    const { body: ofStage } = await get('/v1/customers/member-0/loyalty?stage=active');
    expect(ofStage.benefits['active']?.map(({ id }) => id)).toContain('member-discount-5');
    expect((await get('/v1/customers/member-0/loyalty?stage=none')).status).toBe(400);
    expect((await get('/v1/customers/nobody-known/loyalty')).status).toBe(404);
    expectDescribed(alertsApi, 'GET /v1/loyalty/benefits', (await get('/v1/loyalty/benefits')).body);
  });

  it('books a correction once for each key, and says who and why in the audit log', { timeout: 120_000 }, async () => {
    const body = { points: 15, note: 'a lost parcel', actor: 'mary' };
    const accepted = await correct('someone-new', body, 'key-1');
    expect([200, 202]).toContain(accepted.status);
    expectDescribed(alertsApi, 'POST /v1/customers/{id}/points', accepted.body, accepted.status);
    await eventually(async () => {
      const again = await correct('someone-new', body, 'key-1');
      expect(again).toMatchObject({ status: 200, body: { result: 'done', points: 15 } });
    });
    expect((await correct('someone-new', { ...body, points: 1_500 }, 'key-1')).status).toBe(409);
    expect((await correct('someone-new', { ...body, points: -5 }, 'key-2')).status).toBe(200);
    expect((await correct('someone-new', { points: 5 }, 'key-3')).status).toBe(400);
    expect((await get('/v1/customers/someone-new/loyalty')).body.points).toMatchObject({ corrected: 10, balance: 10 });
    await eventually(async () => {
      const audits = await readAudits(installation.prefix);
      expect(audits.map(({ actor, result, note }) => `${actor} ${result} ${note}`).sort()).toEqual([
        'mary done a lost parcel',
        'mary done a lost parcel',
        'mary refused a lost parcel',
      ]);
    });
  });
});

/** Audit records, each once. */
async function readAudits(prefix: string): Promise<AuditRecord[]> {
  const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
  const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
  const topic = topicsWithPrefix(prefix).audit;
  const codec = await registry.codec<AuditRecord>(topic, 'audit-record');
  const records = await codec.decode((await readLog({ client, topic, logger })).map(({ value }) => value));
  const audits = records.map((record) => {
    if (record instanceof EngineError) throw record;
    return record;
  });
  return [...new Map(audits.map((audit) => [audit.auditId, audit])).values()];
}
