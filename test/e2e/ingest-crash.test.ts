import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { segmentDialect } from '../../services/ingest/dialects/segment/segment-dialect.ts';
import { canonicalJson } from '../../services/ingest/steps/canonical-json.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createRedisClaimStore } from '../../services/platform/redis/redis-claim-store.ts';
import { eventually } from '../support/eventually.ts';
import { createIngestInstallation } from '../support/ingest-installation.ts';
import type { IngestInstallation } from '../support/ingest-installation.ts';
import { lapseOpenClaims } from '../support/lapse-open-claims.ts';
import { lastingPort } from '../support/servers/lasting-port.ts';
import { startService } from '../support/service-process.ts';

let world: IngestInstallation;

beforeAll(async () => {
  world = await createIngestInstallation();
});

afterAll(() => world.remove());

async function idsOnTopic(): Promise<string[]> {
  return (await world.events()).map(({ eventId }) => eventId);
}

it('loses nothing of a process that died between claim and produce', async () => {
  const event = { type: 'page', userId: 'u1', messageId: `${world.prefix}claimed` };
  const [tenant] = world.installation.tenants;
  const content = canonicalJson(segmentDialect.translate('page', event, {}).content, 64) ?? '';
  const contentHash = nodeDigest.hmacHex(tenant.contentKey, content);
  // What the dead process left behind: its claim, and nothing on the topic.
  const dead = createRedisClaimStore({ redis: world.redis.redis, keyPrefix: world.prefix });
  const ingest = await startService('ingest', world.env);
  const { source } = tenant.writeKeys[0];
  expect(await dead.claim([{ tenant: tenant.id, source, eventId: event.messageId, contentHash }])).toEqual(['claimed']);
  const post = () =>
    fetch(`${ingest.url}/v1/page`, { method: 'POST', body: JSON.stringify({ ...event, writeKey: world.writeKey }) });
  const first = await post();
  expect(first.status).toBe(503);
  expect(first.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
  expect(await first.json()).toMatchObject({ code: 'ERR_EVENT_PENDING' });
  await lapseOpenClaims(world);
  await eventually(async () => expect((await post()).status).toBe(200));
  expect(await (await post()).json()).toMatchObject({ results: { [event.messageId]: { result: 'duplicate' } } });
  expect((await idsOnTopic()).filter((id) => id === event.messageId)).toHaveLength(1);
  expect(await ingest.stop()).toBe(0);
});

it('loses nothing when it is killed again and again while the real client sends', async () => {
  const env = { ...world.env, TIDEWATCH_INGEST_PORT: await lastingPort() };
  let ingest = await startService('ingest', env);
  const client = new Analytics({ writeKey: world.writeKey, host: ingest.url, flushAt: 10, maxRetries: 50 });
  const errors: unknown[] = [];
  const answered: string[] = [];
  const sent: string[] = [];
  client.on('error', ({ reason }) => errors.push(reason));
  client.on('http_response', ({ status, body }) => {
    if (status !== 200) return;
    const { batch } = JSON.parse(String(body)) as { batch: { messageId: string }[] };
    answered.push(...batch.map(({ messageId }) => messageId));
  });
  for (let round = 0; round < 2; round++) {
    const before = answered.length;
    for (let index = 0; index < 200; index++) {
      const messageId = `${world.prefix}${round}-${index}`;
      sent.push(messageId);
      client.track({ messageId, userId: `u${index % 7}`, event: 'Order Completed', properties: { revenue: 1 } });
    }
    await eventually(() => expect(answered.length).toBeGreaterThan(before));
    await ingest.kill();
    await lapseOpenClaims(world);
    ingest = await startService('ingest', env);
  }
  await client.closeAndFlush({ timeout: 60_000 });
  expect(errors).toEqual([]);
  expect(new Set(answered)).toEqual(new Set(sent));
  const onTopic = new Set(await idsOnTopic());
  expect(sent.filter((id) => !onTopic.has(id))).toEqual([]);
  expect(await ingest.stop()).toBe(0);
});
