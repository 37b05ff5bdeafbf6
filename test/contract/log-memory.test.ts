import { afterEach, beforeEach } from 'vitest';
import type { LogSource } from '../../services/core/ports/log.ts';
import { createMemoryLog, type MemoryLog } from '../../services/platform/memory/memory-log.ts';
import { describeLog } from './log-contract.ts';

let log: MemoryLog;
let opened: LogSource[];
let made: number;

beforeEach(() => {
  log = createMemoryLog({ rebalanceTimeoutMs: 50 });
  opened = [];
  made = 0;
});

afterEach(async () => {
  await Promise.all(opened.map((source) => source.stop()));
});

describeLog('the in-process log', () => ({
  createTopic(partitions) {
    const topic = `topic-${made++}`;
    log.createTopic(topic, partitions);
    return Promise.resolve(topic);
  },
  groupId: () => `group-${made++}`,
  source(wishes) {
    const source = log.source({ ...wishes, maxRetryPauseMs: 5 });
    opened.push(source);
    return source;
  },
  sink: () => log.sink(),
}));
