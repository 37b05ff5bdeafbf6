import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../services/alerts/alerts-operations.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { addApiToken } from '../../../services/platform/runtime/change-api-tokens.ts';
import { updateInstallation } from '../../../services/platform/runtime/update-installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { aKpiFact } from '../../support/a-kpi-fact.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const logger = createLogger({ name: 'test', level: 'silent' });

describe('KPIs on Kafka, registry and Redis', () => {
  let installation: IngestInstallation;
  let alerts: ServiceProcess;
  const startAlerts = () =>
    startService('alerts', { ...installation.env, TIDEWATCH_ALERTS_PORT: '0', TIDEWATCH_SESSION_TIMEOUT_MS: '6000' });

  beforeAll(async () => {
    installation = await createIngestInstallation();
    alerts = await startAlerts();
  });
  afterAll(async () => {
    await alerts.stop();
    await installation.remove();
  });

  async function get(
    path: string,
    token = installation.token,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${alerts.url}${path}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function publish(facts: readonly KpiFact[]): Promise<void> {
    const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
    const topic = topicsWithPrefix(installation.env['TIDEWATCH_TOPIC_PREFIX'] ?? '').kpiFacts;
    const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
    const sink = createKafkaSink({ client });
    await sink.publish(facts.map((fact) => ({ topic, key: fact.surrogate, value: codec.encode(fact) })));
    await sink.stop();
  }

  const answer = (customer: number, sequence: number): KpiFact =>
    aKpiFact({
      tenant: 'acme',
      factId: (customer * 16 + sequence).toString(16).padStart(32, '0'),
      surrogate: customer.toString(16).padStart(32, '0'),
      type: 'survey.answered',
      sequence,
      standing: null,
      attributes: [
        { name: 'surveyKind', value: 'csat' },
        { name: 'surveyScore', value: 1 + (customer % 5) },
      ],
    });
  const facts = (sequence: number) => Array.from({ length: 200 }, (_, customer) => answer(customer, sequence));
  const csat = async () => {
    const { body } = await get('/v1/kpis?period=2026-01&kpi=csat_share&by=channel');
    return body as { cells: object; kpis: { value: number }[]; slices: object[]; composite: object };
  };

  it('counts each fact once, also when it is killed and facts come again', async () => {
    await publish(facts(1));
    await eventually(async () => expect((await csat()).cells).toEqual({ csat_satisfied: 80, csat_answers: 200 }));
    await publish([...facts(1), ...facts(2)]);
    await alerts.kill();
    alerts = await startAlerts();
    await eventually(async () => expect((await csat()).cells).toEqual({ csat_satisfied: 160, csat_answers: 400 }));
    const { kpis, slices, composite } = await csat();
    expect(kpis).toMatchObject([
      { key: 'csat_share', value: 0.4, light: 'red', weight: 10, owners: ['service', 'sales', 'marketing'] },
    ]);
    expect(composite).toEqual({ score: (100 * 0.4) / 0.85, coveredWeight: 10, weight: 10 });
    expect(slices).toMatchObject([{ slice: { dimension: 'channel', value: 'web' }, kpis: [{ value: 0.4 }] }]);
    const { body } = await get('/v1/kpis?period=2026-01&by=channel&value=web');
    expectDescribed(alertsApi, 'GET /v1/kpis', body);
    expect(body['slices']).toHaveLength(1);
    const { body: none } = await get('/v1/kpis?period=2026-01&by=channel&value=fax');
    expect(none['slices']).toEqual([]);
    const { body: later } = await get('/v1/kpis?period=2026-02&kpi=csat_online');
    expect(later).toMatchObject({ kpis: [{ value: null, previous: null, yearBefore: null }] });
  });

  it('says what may be asked for', async () => {
    for (const query of [
      'period=2026-13',
      'kpi=nothing',
      'by=nothing',
      'other=1',
      'value=web',
      'period=2026-W05&by=channel',
    ]) {
      expect(await get(`/v1/kpis?${query}`), query).toMatchObject({ status: 400, body: { code: 'ERR_USAGE' } });
    }
  });

  it('shows how members of staff do to tokens with the role alone', async () => {
    const path = '/v1/kpis?period=2026-01&by=staff';
    expect(await get(path)).toMatchObject({
      status: 403,
      body: {
        code: 'ERR_FORBIDDEN',
        detail: expect.stringContaining('token create --role staff-performance') as string,
      },
    });
    const made = await updateInstallation(installation.env['TIDEWATCH_INSTALLATION_FILE'] ?? '', (file) =>
      addApiToken(file, 'acme', ['staff-performance']),
    );
    await eventually(async () =>
      expect(await get(path, made.token)).toMatchObject({ status: 200, body: { by: 'staff' } }),
    );
  });

  it('shows every gauge from the first reading on', async () => {
    await eventually(async () => {
      const text = await (await fetch(`${alerts.url}/metrics`)).text();
      expect(text).toMatch(/^tidewatch_kpi_csat_answers\{tenant="\w+",period="month",which="current"\} 0$/m);
      expect(text).toMatch(
        /^tidewatch_kpi_target\{tenant="\w+",kpi="csat_share",period="\w+",light="green",bound="least"\} 0\.85$/m,
      );
    });
  });
});
