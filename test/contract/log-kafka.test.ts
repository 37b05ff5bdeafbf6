import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LogSource } from '../../services/core/ports/log.ts';
import { openKafka, type TestKafka } from '../support/open-kafka.ts';
import { describeLog } from './log-contract.ts';

let kafka: TestKafka;
let opened: LogSource[] = [];

beforeAll(async () => {
  kafka = await openKafka();
});

afterEach(async () => {
  await Promise.all(opened.map((source) => source.stop()));
  opened = [];
});

afterAll(() => kafka.close());

describeLog('Kafka', () => ({
  createTopic: (partitions) => kafka.createTopic(partitions),
  groupId: () => kafka.groupId(),
  source(wishes) {
    const source = kafka.source(wishes);
    opened.push(source);
    return source;
  },
  sink: () => kafka.sink(),
}));
