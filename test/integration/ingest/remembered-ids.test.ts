import { expect, it, onTestFinished } from 'vitest';
import { createClaimKeys } from '../../../services/platform/redis/keys.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import { startService } from '../../support/service-process.ts';

const hourMs = 3_600_000;

it('ids of accepted events are remembered as long as the setting says', async () => {
  const world = await createIngestInstallation();
  onTestFinished(() => world.remove());
  const ingest = await startService('ingest', { ...world.env, TIDEWATCH_REMEMBER_HOURS: '48' });
  onTestFinished(async () => void (await ingest.stop()));
  const body = JSON.stringify({ id: 'e1', type: 'page.viewed', userId: 'u1' });
  const send = () =>
    fetch(`${ingest.url}/v1/events`, { method: 'POST', headers: { 'x-write-key': world.writeKey }, body });
  expect(await (await send()).json()).toMatchObject({ results: { e1: { result: 'accepted' } } });
  const { client } = world.redis.redis;
  const key = createClaimKeys(world.prefix)({ tenant: 'acme', source: 'web', eventId: 'e1', contentHash: '' });
  const left = await client.pttl(key);
  expect(left).toBeGreaterThan(47 * hourMs);
  expect(left).toBeLessThanOrEqual(48 * hourMs);
  expect(await (await send()).json()).toMatchObject({ results: { e1: { result: 'duplicate' } } });
});
