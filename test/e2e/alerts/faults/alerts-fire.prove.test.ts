import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultTest } from '../../../../observability/alerts/alert-rule.ts';
import { renderSpedUpRules } from '../../../../observability/alerts/sped-up-rules.ts';
import { systemAlerts } from '../../../../observability/alerts/system-alerts.ts';
import { createKafkaClient } from '../../../../services/platform/kafka/kafka-client.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { openRedis } from '../../../support/open-redis.ts';
import { startDemo, type RunningDemo } from '../../../support/running-demo.ts';
import { stackAddresses } from '../../../support/stack-addresses.ts';
import { openTcpProxy, type TcpProxy } from '../../../support/tcp-proxy.ts';
import { runs } from '../../../support/property-runs.ts';

let demo: RunningDemo;
let redisWay: TcpProxy;
beforeAll(async () => {
  const redis = new URL(stackAddresses.redis);
  redisWay = await openTcpProxy({ host: redis.hostname, port: Number(redis.port) });
  redis.hostname = '127.0.0.1';
  redis.port = String(redisWay.port);
  const env = { REDIS_URL: redis.toString() };
  demo = await startDemo(['--rate', '30'], { rules: renderSpedUpRules(systemAlerts), env });
});
afterAll(async () => {
  redisWay.restore();
  await demo.stop();
  await redisWay.close();
});

const patience = { timeoutMs: 120_000, intervalMs: 500 };
const seen = new Set<string>();

async function firing(): Promise<readonly string[]> {
  const found = await demo.query('ALERTS{alertstate="firing"}');
  return found.map(({ metric }) => metric['alertname']);
}

/** Sees each of them fire at some moment while the fault lasts, and none of them once it is over. */
async function seeFireAndResolve(names: readonly string[], cause: () => Promise<void>, end: () => Promise<void>) {
  await eventually(async () => expect(await firing()).not.toEqual(expect.arrayContaining([...names])), patience);
  const waiting = new Set(names);
  await cause();
  await eventually(async () => {
    for (const name of await firing()) waiting.delete(name);
    expect([...waiting]).toEqual([]);
  }, patience);
  await end();
  await eventually(async () => {
    const now = await firing();
    expect(now.filter((name) => names.includes(name))).toEqual([]);
  }, patience);
  for (const name of names) seen.add(name);
}

async function pidOf(name: string): Promise<number> {
  return (await demo.run.running()).pids[name];
}

/** Kills the scorer and waits until another one is ready. */
async function killScorer(): Promise<void> {
  const before = await pidOf('scorer');
  process.kill(before, 'SIGKILL');
  await eventually(async () => {
    expect(await pidOf('scorer')).not.toBe(before);
    expect((await fetch(`${demo.file.scorer}/readyz`)).status).toBe(200);
  }, patience);
}

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
    const pid = await pidOf('scorer');
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
        for (let time = 0; time < 3; time += 1) await killScorer();
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
    const claimed = Object.values(systemAlerts)
      .flat()
      .flatMap(({ name, tried }) => ('test' in tried && tried.test === faultTest ? [name] : []));
    expect(claimed.toSorted()).toEqual([...seen].toSorted());
  });
});
