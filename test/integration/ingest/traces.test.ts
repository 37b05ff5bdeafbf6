import { afterAll, beforeAll, expect, it } from 'vitest';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import type { RunningService } from '../../../services/platform/runtime/run-service.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';
import { openTraceReceiver } from '../../support/trace-receiver.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
let world: IngestInstallation;
beforeAll(async () => {
  world = await createIngestInstallation({});
});
afterAll(() => world.remove());

async function send(ingest: RunningService, messageId: string): Promise<void> {
  const answer = await fetch(`${ingest.url}/v1/track`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${world.writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      messageId,
      userId: 'u1',
      event: 'Product Viewed',
      properties: {},
      timestamp: new Date().toISOString(),
    }),
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('"result":"accepted"') as string]);
  await ingest.drain();
  await ingest.stop();
}

async function headersOnLog(): Promise<(string | undefined)[]> {
  const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
  const records = await readLog({ client, topic: topicsWithPrefix(world.prefix).events, logger });
  return records.filter(({ key }) => key !== null).map(({ traceparent }) => traceparent);
}

it('writes no header where nothing is traced, and else that of the span which the collector gets', async () => {
  await send(await runIngest(world.env), 'm1');
  expect((await headersOnLog()).filter((header) => header !== undefined)).toEqual([]);
  const receiver = await openTraceReceiver();
  const traced = { ...world.env, TIDEWATCH_OTLP_ENDPOINT: receiver.url, TIDEWATCH_TRACE_EVERY: '1' };
  await send(await runIngest(traced), 'm2');
  const [header] = (await headersOnLog()).filter((each) => each !== undefined);
  const [span] = receiver.spans;
  expect(span.service).toBe('tidewatch-ingest');
  expect(header).toBe(`00-${span.traceId}-${span.spanId}-01`);
  await receiver.close();
});
