import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecordingProxy } from '../../../integration/ingest/recording-proxy.ts';
import { eventually } from '../../../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../../../support/ingest-installation.ts';
import { startService } from '../../../support/service-process.ts';
import { type KillableBroker, startKillableBroker } from '../../../support/servers/killable-broker.ts';
import { openServerHome, type ServerHome } from '../../../support/servers/server-home.ts';
import { openRealClients } from './real-clients.ts';
import { residentMiB } from './resident-memory.ts';

const eventsPerClient = 20;
const brokerAwayMs = 8_000;
const retries = 10;
const growthMiB = 80;
const quickReturn = ['broker.session.timeout.ms=2000', 'broker.heartbeat.interval.ms=500'];

describe('while the broker is away for eight seconds', () => {
  let home: ServerHome;
  let broker: KillableBroker;
  let world: IngestInstallation;

  beforeAll(async () => {
    home = await openServerHome();
    broker = await startKillableBroker(home, quickReturn);
    world = await createIngestInstallation({ kafka: broker.address });
  });

  afterAll(async () => {
    await world.remove();
    await home.close();
  });

  it('four real clients are asked to come back, and deliver every event once when it is there again', async () => {
    const ingest = await startService('ingest', world.env);
    const proxy = await openRecordingProxy(ingest.url);
    const before = await residentMiB(ingest.url);
    const { clients, errors } = openRealClients(world.writeKey, proxy.url, retries);
    await broker.kill();
    for (const client of clients) {
      for (let index = 0; index < eventsPerClient; index++) client.send(index);
    }
    const closing = Promise.all(clients.map((client) => client.close()));
    // The length of the outage itself.
    await pause(brokerAwayMs);
    const meanwhile = [...proxy.seen];
    const after = await residentMiB(ingest.url);
    await broker.start();
    await closing;
    await eventually(async () => expect(new Set((await world.events()).map(({ eventId }) => eventId)).size).toBe(80));

    expect(await world.events()).toHaveLength(clients.length * eventsPerClient);
    expect(errors).toEqual([]);
    expect(meanwhile.length).toBeGreaterThanOrEqual(clients.length);
    for (const { status, retryAfter } of meanwhile) {
      expect(status).toBe(503);
      expect(retryAfter).toMatch(/^[1-9]\d*$/);
    }
    expect(after - before).toBeLessThan(growthMiB);
    await proxy.close();
    expect(await ingest.stop()).toBe(0);
  });
});
