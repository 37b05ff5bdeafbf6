import { expect } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import type { IngestInstallation } from '../../../support/ingest-installation.ts';
import { lapseOpenClaims } from '../../../support/lapse-open-claims.ts';
import { lastingPort } from '../../../support/servers/lasting-port.ts';
import { startService } from '../../../support/service-process.ts';
import type { KillableBroker } from '../../../support/servers/killable-broker.ts';
import { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import { ClientLog } from './client-log.ts';
import { OrderClient } from './order-client.ts';

export type Disturbance = 'ingest killed' | 'broker restarted' | 'both';

export interface IngestRun {
  readonly world: IngestInstallation;
  readonly broker: KillableBroker;
  readonly seed: number;
  readonly plan: readonly Disturbance[];
}

const clientsPerTenant = 3;
const progressWithinMs = 120_000;

/** Lets clients of every tenant send while ingest and broker are killed by plan; the clients' logs when all is answered. */
export async function runDisturbed({ world, broker, seed, plan }: IngestRun): Promise<ReadonlyMap<string, ClientLog>> {
  const random = new SeededRandom(seed);
  const logs = new Map([...world.writeKeys.keys()].map((tenant) => [tenant, new ClientLog()]));
  const env = { ...world.env, TIDEWATCH_INGEST_PORT: await lastingPort() };
  let ingest = await startService('ingest', env);
  const clients = openClients(world, logs, { url: ingest.url, random });
  let isOver = false;
  const sending = Promise.all(clients.map((client) => client.sendUntil(() => isOver)));
  const answered = () => [...logs.values()].reduce((sum, log) => sum + log.answered, 0);
  const progress = async (events: number): Promise<void> => {
    const wanted = answered() + events;
    await eventually(() => expect(answered()).toBeGreaterThan(wanted), { timeoutMs: progressWithinMs, intervalMs: 10 });
  };
  const killIngest = async (): Promise<void> => {
    await ingest.kill();
    await lapseOpenClaims(world);
    ingest = await startService('ingest', env);
  };
  try {
    for (const disturbance of plan) {
      await progress(random.between(20, 200));
      await disturb(disturbance, { broker, killIngest });
    }
    await progress(random.between(20, 200));
    // Without every kind of answer nothing is shown by their adding up.
    await eventually(() => expect([...logs.values()].every(({ isTelling }) => isTelling)).toBe(true), {
      timeoutMs: progressWithinMs,
      intervalMs: 10,
    });
  } finally {
    isOver = true;
    await sending;
  }
  await settle(clients, world);
  expect(await ingest.stop(), ingest.output().slice(-3_000)).toBe(0);
  return logs;
}

function openClients(
  world: IngestInstallation,
  logs: ReadonlyMap<string, ClientLog>,
  { url, random }: { url: string; random: SeededRandom },
): OrderClient[] {
  return [...world.writeKeys].flatMap(([tenant, writeKey]) =>
    Array.from({ length: clientsPerTenant }, (_, index) => {
      // The clients of two tenants have the same names, so their events have the same ids.
      const own = new SeededRandom(random.below(2 ** 31));
      return new OrderClient({ name: `c${index}`, writeKey, url, random: own, log: logs.get(tenant)! });
    }),
  );
}

interface Disturbed {
  readonly broker: KillableBroker;
  killIngest(): Promise<void>;
}

async function disturb(disturbance: Disturbance, { broker, killIngest }: Disturbed): Promise<void> {
  if (disturbance !== 'ingest killed') await broker.kill();
  await Promise.all([
    disturbance === 'ingest killed' ? undefined : broker.start(),
    disturbance === 'broker restarted' ? undefined : killIngest(),
  ]);
}

/** A claim that reached Redis after its process was killed is let go here, while nothing is being written. */
async function settle(clients: readonly OrderClient[], world: IngestInstallation): Promise<void> {
  await eventually(
    async () => {
      await Promise.all(clients.map((client) => client.settle()));
      const unanswered = clients.filter(({ isDone }) => !isDone);
      if (unanswered.length > 0) await lapseOpenClaims(world);
      expect(unanswered).toEqual([]);
    },
    { timeoutMs: progressWithinMs, intervalMs: 200 },
  );
}
