import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { aKpiFact } from '../../support/a-kpi-fact.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { rootDir } from '../../support/root-dir.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const customers = 30;
const patience = { timeoutMs: 40_000, intervalMs: 200 };
const logger = createLogger({ name: 'test', level: 'silent' });
const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
const admin = client.admin();
const sink = createKafkaSink({ client });

/** The answer of one customer to a survey, as a fact. */
function answer(customer: number, sequence: number): KpiFact {
  return aKpiFact({
    tenant: 'acme',
    factId: (customer * 64 + sequence).toString(16).padStart(32, '0'),
    surrogate: (customer + 1).toString(16).padStart(32, '0'),
    type: 'survey.answered',
    sequence,
    standing: null,
    attributes: [
      { name: 'surveyKind', value: 'csat' },
      { name: 'surveyScore', value: 5 },
    ],
  });
}

describe('the aggregator of running alerts', () => {
  let installation: IngestInstallation;
  let topic: string;
  let folder: string;
  let alerts: ServiceProcess;

  const start = async (env: Readonly<Record<string, string>> = {}) => {
    alerts = await startService('alerts', { ...installation.env, TIDEWATCH_ALERTS_PORT: '0', ...env });
  };
  beforeAll(async () => {
    installation = await createIngestInstallation();
    topic = topicsWithPrefix(installation.prefix).kpiFacts;
    folder = await mkdtemp(join(tmpdir(), 'tidewatch-kpi-'));
    await Promise.all([admin.connect(), start()]);
  });
  afterAll(async () => {
    await alerts.stop();
    await Promise.all([sink.stop(), admin.disconnect()]);
    await installation.remove();
    await rm(folder, { recursive: true });
  });

  async function publish(sequence: number, between: readonly Omit<OutgoingRecord, 'topic'>[] = []): Promise<void> {
    const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
    const facts = Array.from({ length: customers }, (_, customer) => answer(customer, sequence));
    const records = facts.map((fact) => ({ topic, key: fact.surrogate, value: codec.encode(fact) }));
    const others = between.map((record) => ({ topic, ...record }));
    await sink.publish([...records.slice(0, 15), ...others, ...records.slice(15)]);
  }

  const get = (path: string) => fetch(`${alerts.url}${path}`, { headers: { authorization: `Bearer ${installation.token}` } }); // prettier-ignore

  async function expectAnswers(count: number): Promise<void> {
    await eventually(async () => {
      const { cells } = (await (await get('/v1/kpis?period=2026-01&kpi=csat_share')).json()) as { cells: object };
      expect(cells).toEqual({ csat_satisfied: count, csat_answers: count });
    }, patience);
  }

  async function counter(name: string): Promise<number> {
    const line = (await (await get('/metrics')).text()).split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.split(' ')[1]);
  }

  /** All of the log that is there now. */
  async function cutLog(): Promise<void> {
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: ends.map(({ partition, high: offset }) => ({ partition, offset })) }); // prettier-ignore
  }

  it('goes on beside dead records, refuses other rules, and says what the log lost or forgot', { timeout: 180_000 }, async () => {
    const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
    const stranger = { ...answer(0, 60), tenant: 'nobody' };
    const bytes = Buffer.from('these bytes are no fact');
    await publish(1, [{ key: 'k', value: bytes }, { key: stranger.surrogate, value: codec.encode(stranger) }]);
    await expectAnswers(customers);
    await eventually(async () => {
      const letters = (await installation.deadLetters()).filter(({ step }) => step === 'alerts.kpis');
      expect(letters.map(({ topic: of, code }) => [of, code])).toEqual([1, 2].map(() => [topic, 'ERR_RECORD_DECODE']));
    }, patience);

    await alerts.stop();
    const file = join(folder, 'kpis.yaml');
    await writeFile(file, (await readFile(join(rootDir, 'kpis', 'default.yaml'), 'utf8')).replace('attribution_days: 30', 'attribution_days: 31'));
    const otherRules = { TIDEWATCH_KPIS_FILE: file };
    await start(otherRules);
    await publish(2);
    await eventually(async () => {
      const ready = await get('/readyz');
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('tidewatch kpi rebuild --yes') as string]);
    }, patience);
    expect(alerts.output()).toContain('ERR_KPI_RULES_CHANGED');
    await expectAnswers(customers);
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const rebuild = ['kpi', 'rebuild', '--yes', '--tenant', 'acme', '--directory', folder];
    expect(await runCli(rebuild, { env: installation.env, stdout, stderr, isTerminal: false })).toBe(0);
    await expectAnswers(2 * customers);
    await eventually(async () => expect((await get('/readyz')).status).toBe(200), patience);

    await alerts.stop();
    await publish(3);
    await cutLog();
    await publish(4);
    await start(otherRules);
    await expectAnswers(3 * customers);
    expect(await counter('tidewatch_kpi_facts_lost_total')).toBe(customers);
    expect(alerts.output()).toContain('the log lost KPI facts before they were counted');

    await alerts.stop();
    await admin.deleteTopics({ topics: [topic] });
    await eventually(() => admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true }), patience);
    await publish(5);
    await start(otherRules);
    await expectAnswers(customers);
    expect(await counter('tidewatch_kpi_recounts_total{reason="other-log"}')).toBeGreaterThan(0);
    expect(await counter('tidewatch_kpi_facts_lost_total')).toBe(0);
  }); // prettier-ignore
});
