import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createIngestInstallation } from '../support/ingest-installation.ts';
import type { IngestInstallation } from '../support/ingest-installation.ts';
import { spawnService, startService } from '../support/service-process.ts';

let world: IngestInstallation;

beforeAll(async () => {
  world = await createIngestInstallation();
});

afterAll(() => world.remove());

async function failToStart(changes: Record<string, string>) {
  const service = spawnService('ingest', { ...world.env, TIDEWATCH_START_TIMEOUT_MS: '1500', ...changes });
  onTestFinished(() => void service.child.kill('SIGKILL'));
  return { ...(await service.ended), output: service.output() };
}

describe('ingest', () => {
  it.each([
    ['Redis', { REDIS_URL: 'redis://127.0.0.1:1' }, /Redis.*127\.0\.0\.1:1.*REDIS_URL/s],
    ['Kafka', { KAFKA_BROKERS: '127.0.0.1:1' }, /Kafka.*127\.0\.0\.1:1.*KAFKA_BROKERS/s],
    ['the registry', { SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1' }, /registry.*127\.0\.0\.1:1.*SCHEMA_REGISTRY_URL/s],
  ])('says what to do when %s is not there, and ends with 1', async (_what, changes: Record<string, string>, said) => {
    const { code, output } = await failToStart(changes);
    expect(output).toMatch(/ERR_STACK_UNAVAILABLE/);
    expect(output).toMatch(said);
    expect(code).toBe(1);
  });

  it('names an unknown setting and the nearest known one, and ends with 78', async () => {
    const { code, output } = await failToStart({ TIDEWATCH_INGEST_PROT: '8081' });
    expect(output).toMatch(/TIDEWATCH_INGEST_PROT.*TIDEWATCH_INGEST_PORT/s);
    expect(code).toBe(78);
  });

  it('says that the port somebody asked for is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { code, output } = await failToStart({
      TIDEWATCH_INGEST_PORT: String(port),
      TIDEWATCH_START_TIMEOUT_MS: '30000',
    });
    expect(output).toMatch(/ERR_PORT_IN_USE/);
    expect(output).toMatch(new RegExp(String(port)));
    expect(code).not.toBe(0);
  });

  it('drains on SIGTERM: what is under way is answered, then it ends with 0', async () => {
    const ingest = await startService('ingest', world.env);
    const events = Array.from({ length: 2000 }, (_, index) => ({
      type: 'page',
      userId: `u${index}`,
      messageId: `${world.prefix}drain-${index}`,
    }));
    const answer = fetch(`${ingest.url}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: world.writeKey, batch: events }),
    });
    const metrics = await fetch(`${ingest.url}/metrics`);
    expect(await metrics.text()).toMatch(/^tidewatch_events_total\{result="suppressed"\} 0$/m);
    const stopped = ingest.stop();
    const { counts } = (await (await answer).json()) as { counts: object };
    expect(counts).toMatchObject({ accepted: 2000 });
    expect(await stopped).toBe(0);
    const ids = new Set((await world.events()).map(({ eventId }) => eventId));
    expect(events.filter(({ messageId }) => !ids.has(messageId))).toEqual([]);
  });
});
