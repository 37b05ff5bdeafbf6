import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIngestInstallation } from '../../../support/ingest-installation.ts';
import { runs } from '../../../support/property-runs.ts';
import { type KillableBroker, startKillableBroker } from '../../../support/servers/killable-broker.ts';
import { openServerHome, type ServerHome } from '../../../support/servers/server-home.ts';
import { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import { type Disturbance, runDisturbed } from './disturbed-ingest.ts';
import { findDifferences } from './find-differences.ts';

/** 5 in a normal run, 200 in `npm run prove`. */
const wanted = Math.max(5, runs(4));
const tenants = ['acme', 'globex'];
/** Of a hanging run; one takes some nine seconds, on a machine with much else to do five times as long. */
const mostMsPerRun = 180_000;

/** In turn; a broker takes longer to come back than an ingest. */
const disturbances: readonly Disturbance[] = [
  'ingest killed', 'both', 'ingest killed', 'broker restarted', 'ingest killed',
]; // prettier-ignore

/** How long a killed broker is remembered, and not let in again: nine seconds if nothing is said. */
const quickReturn = ['broker.session.timeout.ms=2000', 'broker.heartbeat.interval.ms=500'];

interface Tally {
  runs: number;
  kills: number;
  restarts: number;
  answered: number;
  copies: number;
  differences: number;
}

/**
 * Real clients' protocols against a real ingest on a broker of its own; both are killed while events come in. All that is
 * known of the events is what their senders were told.
 */
describe('an ingest whose process and broker are killed in the middle of the traffic of two tenants', () => {
  let home: ServerHome;
  let broker: KillableBroker;
  const seed = Number(env['TEST_SEED'] ?? Date.now()) % 2 ** 31;
  const tally: Tally = { runs: 0, kills: 0, restarts: 0, answered: 0, copies: 0, differences: 0 };

  beforeAll(async () => {
    home = await openServerHome();
    broker = await startKillableBroker(home, quickReturn);
  });

  afterAll(() => home.close());

  const what =
    'has answered for every event, counts every accepted one once, and keeps every other one with its reason';
  it(what, { timeout: wanted * mostMsPerRun }, async () => {
    for (let number = 0; number < wanted; number++) await tryRun(number);
    const { kills, restarts, answered, copies, differences } = tally;
    console.log(
      `Conservation: ${tally.runs} runs (seed ${seed}), ingest killed ${kills}, broker restarted ${restarts}, ` +
        `${answered} events answered, ${copies} copies on the topic, differences ${differences}.`,
    );
    expect(differences).toBe(0);
    expect(kills).toBeGreaterThan(0);
    expect(restarts).toBeGreaterThan(0);
  });

  async function tryRun(number: number): Promise<void> {
    const plan = planOf(number);
    const world = await createIngestInstallation({ tenants, kafka: broker.address });
    try {
      const logs = await runDisturbed({ world, broker, seed: seed + number, plan });
      const [records, letters] = await Promise.all([world.events(), world.deadLetters()]);
      for (const [tenant, log] of logs) {
        const own = records.filter((record) => record.tenant === tenant);
        const differences = findDifferences(log, own, letters.filter((letter) => letter.tenant === tenant)); // prettier-ignore
        const count = (Object.values(differences) as string[][]).flat().length;
        if (count > 0) console.log(`run ${number}, seed ${seed + number}, ${tenant}`, differences);
        tally.differences += count;
        tally.answered += log.answered;
        tally.copies += own.length - log.taken.size;
      }
      tally.runs += 1;
      if (tally.runs % 25 === 0) console.log(JSON.stringify(tally));
      tally.kills += plan.filter((each) => each !== 'broker restarted').length;
      tally.restarts += plan.filter((each) => each !== 'ingest killed').length;
    } finally {
      await world.remove();
    }
  }

  /** Now and then ingest is killed once more. */
  function planOf(number: number): readonly Disturbance[] {
    const random = new SeededRandom(seed + number);
    const first = disturbances[number % disturbances.length];
    return random.chance(400) ? [first, 'ingest killed'] : [first];
  }
});
