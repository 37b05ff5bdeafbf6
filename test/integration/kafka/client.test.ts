import { setTimeout as pause } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkKafka } from '../../../services/platform/kafka/check-kafka.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

/** A logger whose lines the test can read. */
function readableLogger(level: string) {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { lines, logger: createLogger({ name: 'test', level, destination }) };
}

describe('the Kafka client', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('sets no timers on an idle connection', async () => {
    const { logger } = readableLogger('info');
    const admin = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger }).admin();
    await admin.connect();
    await admin.listTopics();
    await pause(50);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await pause(200);
    expect(timers.mock.calls.map(([, delay]) => delay)).toEqual([]);
    timers.mockRestore();
    await admin.disconnect();
  });

  it('passes its own log on without noise', async () => {
    const { logger, lines } = readableLogger('info');
    const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
    const producer = client.producer({ idempotent: true, retry: { retries: 2 } });
    await producer.connect();
    await producer.disconnect();
    expect(lines).toEqual([]);
  });

  it('warns of what it tries again, with the broker and without a stack', async () => {
    const { logger, lines } = readableLogger('info');
    const client = createKafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'test', logger });
    await expect(checkKafka(client)).rejects.toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
    expect(lines[0]).toMatchObject({ level: 'warn', broker: '127.0.0.1:1' });
    expect(lines[0]['msg']).toMatch(/^kafkajs: .*ECONNREFUSED/);
    expect(JSON.stringify(lines)).not.toContain('stack');
  });
});
