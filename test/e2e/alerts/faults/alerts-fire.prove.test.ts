import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { faultTests } from '../../../../observability/alerts/alert-rule.ts';
import { renderSpedUpRules } from '../../../../observability/alerts/sped-up-rules.ts';
import { systemAlerts } from '../../../../observability/alerts/system-alerts.ts';
import { createKafkaClient } from '../../../../services/platform/kafka/kafka-client.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { pidOf, restartScorer } from '../../../support/demo-scorer.ts';
import { openRedis } from '../../../support/open-redis.ts';
import { startDemo, type RunningDemo } from '../../../support/running-demo.ts';
import { stackAddresses } from '../../../support/stack-addresses.ts';
import { runs } from '../../../support/property-runs.ts';
import { openRedisWay } from '../../../support/redis-way.ts';
import { watchAlerts } from '../../../support/watched-alerts.ts';

let demo: RunningDemo;
let redisWay: Awaited<ReturnType<typeof openRedisWay>>;
beforeAll(async () => {
  redisWay = await openRedisWay();
  const env = { REDIS_URL: redisWay.url };
  demo = await startDemo(['--rate', '30'], { rules: renderSpedUpRules(systemAlerts), env });
});
afterAll(async () => {
  redisWay.restore();
  await demo.stop();
  await redisWay.close();
});

const { seeFireAndResolve, expectAllClaimed } = watchAlerts(() => demo);

async function send(event: (index: number) => object): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${demo.file.writeKey}:`).toString('base64')}`;
  const body = JSON.stringify({ batch: Array.from({ length: 200 }, (_each, index) => event(index)) });
  await fetch(`${demo.file.ingest}/v1/batch`, { method: 'POST', headers: { authorization }, body });
}

let sent = 0;
const unknown = (): object => ({
  type: 'track',
  event: `Frobnicated ${(sent += 1)}`,
  userId: 'u',
  messageId: `f${sent}`,
});
const withoutId = (): object => ({ type: 'track', event: 'Order Completed', userId: 'u', messageId: '' });
/** Again and again, until it is told to end. */
function keepSending(event: () => object): { cause: () => Promise<void>; end: () => Promise<void> } {
  let isOver = false;
  let round = Promise.resolve();
  const go = async (): Promise<void> => {
    while (!isOver) {
      await send(event);
      await pause(500);
    }
  };
  return {
    cause: () => Promise.resolve(void (round = go())),
    end: () => ((isOver = true), round),
  };
}

const nothing = (): Promise<void> => Promise.resolve();

// Each alert needs minutes to fire and to resolve: too long for a normal run.
describe.skipIf(runs(1) === 1)('alerts, with their faults caused', { shuffle: false }, () => {
  it('tell of a scorer that hangs, of what is not scored meanwhile, and of scores that come late', async () => {
    const pid = await pidOf(demo, 'scorer');
    const stop = (): Promise<void> => Promise.resolve(void process.kill(pid, 'SIGSTOP'));
    const goOn = (): Promise<void> => Promise.resolve(void process.kill(pid, 'SIGCONT'));
    await seeFireAndResolve(['ServiceDown', 'ScoringStopped'], stop, goOn);
    await seeFireAndResolve(
      ['ScoresLate'],
      async () => {
        await stop();
        await pause(10_000);
        await goOn();
      },
      nothing,
    );
  });

  it('tell of a service that is killed time and again', async () => {
    await seeFireAndResolve(
      ['ServiceRestarts'],
      async () => {
        for (let time = 0; time < 3; time += 1) await restartScorer(demo, 'SIGKILL');
      },
      nothing,
    );
  });

  it('tell of Redis that is away', async () => {
    await seeFireAndResolve(
      ['ServiceNotReady', 'EventsNotWritten', 'RequestsFail'],
      async () => {
        await nothing();
        redisWay.cut();
      },
      async () => {
        await nothing();
        redisWay.restore();
      },
    );
  });

  it('tell of events that must be rejected, and of names nobody knows', async () => {
    const bad = keepSending(withoutId);
    await seeFireAndResolve(['EventsRejected'], bad.cause, bad.end);
    const strange = keepSending(unknown);
    await seeFireAndResolve(['EventsUnmapped'], strange.cause, strange.end);
  });

  it('tell of a foreign record among the scores', async () => {
    const logger = createLogger({ name: 'test', level: 'silent' });
    const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
    const producer = client.producer();
    await producer.connect();
    const topic = `${demo.file.topicPrefix}customer.scores.v1`;
    await seeFireAndResolve(
      ['RecordsUnreadable'],
      async () => void (await producer.send({ topic, messages: [{ key: 'x', value: 'no score' }] })),
      () => producer.disconnect(),
    );
  });

  it('tell of Redis that has forgotten what it acknowledged', async () => {
    const { redis, remove } = await openRedis(`${demo.file.topicPrefix}customer`);
    await seeFireAndResolve(['StateWentBackwards'], remove, nothing);
    await redis.close();
  });

  it('are those whose pages say so', () => {
    expectAllClaimed(faultTests.system);
  });
});
