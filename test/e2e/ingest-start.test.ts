import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
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
    const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
    expect(metrics).toMatch(/^tidewatch_events_total\{result="suppressed"\} 0$/m);
    const answered: string[] = [];
    const senders = [0, 1, 2, 3].map((sender) => sendUntilRefused(ingest.url, sender, answered));
    await eventually(() => expect(answered.length).toBeGreaterThan(1000));
    const stopped = ingest.stop();
    expect(await Promise.all(senders)).toEqual([true, true, true, true]);
    expect(await stopped).toBe(0);
    const ids = new Set((await world.events()).map(({ eventId }) => eventId));
    expect(answered.filter((id) => !ids.has(id))).toEqual([]);
  });
});

/** Sends batch after batch; true when the last answer was none or told to come back. */
async function sendUntilRefused(url: string, sender: number, answered: string[]): Promise<boolean> {
  for (let round = 0; ; round++) {
    const prefix = `${world.prefix}drain-${sender}-${round}-`;
    const batch = Array.from({ length: 100 }, (_, index) => ({
      type: 'page',
      userId: `u${index}`,
      messageId: prefix + index,
    }));
    const body = JSON.stringify({ writeKey: world.writeKey, batch });
    const answer = await fetch(`${url}/v1/batch`, { method: 'POST', body }).catch(() => null);
    if (answer?.status !== 200) return answer === null || answer.status === 503;
    const { results } = (await answer.json()) as { results: object };
    answered.push(...Object.keys(results));
  }
}
