import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { faultTests } from '../../../../observability/alerts/alert-rule.ts';
import { renderSpedUpRules } from '../../../../observability/alerts/sped-up-rules.ts';
import { systemAlerts } from '../../../../observability/alerts/system-alerts.ts';
import { pidOf } from '../../../support/demo-scorer.ts';
import { runs } from '../../../support/property-runs.ts';
import { openRedisWay } from '../../../support/redis-way.ts';
import { startDemo, type RunningDemo } from '../../../support/running-demo.ts';
import { watchAlerts } from '../../../support/watched-alerts.ts';

let demo: RunningDemo;
let redisWay: Awaited<ReturnType<typeof openRedisWay>>;
const { seeFireAndResolve, expectAllClaimed } = watchAlerts(() => demo);

beforeAll(async () => {
  redisWay = await openRedisWay();
  // A limit that nobody reaches, so that there is one to ask for.
  const env = { REDIS_URL: redisWay.url, TIDEWATCH_RATE_LIMIT: '100000' };
  demo = await startDemo(['--rate', '30'], { rules: renderSpedUpRules(systemAlerts), env });
});
afterAll(async () => {
  redisWay.restore();
  await demo.stop();
  await redisWay.close();
});

let sent = 0;
async function send(): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${demo.file.writeKey}:`).toString('base64')}`;
  const batch = Array.from({ length: 200 }, () => ({
    ...{ type: 'track', event: 'Product Viewed', userId: 'u', messageId: `busy-${(sent += 1)}` },
  }));
  const headers = { authorization, 'content-type': 'application/json' };
  await fetch(`${demo.file.ingest}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
}

/** Gives a process a core for a moment only, again and again, with requests under way each time it is taken away. */
function starve(pid: number): () => Promise<void> {
  let isOver = false;
  const rounds = async (): Promise<void> => {
    while (!isOver) {
      const requests: Promise<void>[] = [];
      for (let i = 0; i < 5; i += 1) {
        requests.push(send());
        await pause(4);
      }
      process.kill(pid, 'SIGSTOP');
      await pause(3_500);
      process.kill(pid, 'SIGCONT');
      await Promise.all(requests);
      await pause(1_000);
    }
  };
  const starving = rounds();
  return () => ((isOver = true), starving);
}

// Each alert needs minutes to fire and to resolve: too long for a normal run.
describe.skipIf(runs(1) === 1)('alerts about ingest, with their faults caused', { shuffle: false }, () => {
  it('tell of an ingest that gets too little of the machine', async () => {
    let end = (): Promise<void> => Promise.resolve();
    await seeFireAndResolve(
      ['EventLoopBlocked', 'RequestsSlow'],
      async () => {
        end = starve(await pidOf(demo, 'ingest'));
      },
      () => end(),
    );
  });

  it('tell of rate limits that cannot be asked for while Redis is away', async () => {
    await seeFireAndResolve(
      ['RateLimitsUnchecked'],
      async () => {
        redisWay.cut();
        await send();
      },
      () => {
        redisWay.restore();
        return Promise.resolve();
      },
    );
  });

  it('are those whose pages say so', () => {
    expectAllClaimed(faultTests.ingest);
  });
});
