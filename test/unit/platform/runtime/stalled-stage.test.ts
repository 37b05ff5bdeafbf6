import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogChunk } from '../../../../services/core/ports/log.ts';
import { createMemoryLog } from '../../../../services/platform/memory/memory-log.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';
import { createPipelineRunner } from '../../../../services/platform/runtime/pipeline-runner.ts';
import { reportReadiness } from '../../../../services/platform/runtime/report-readiness.ts';

const topic = 'events';
const minute = 60_000;

/** A pipeline on the in-process log whose stage `hanging` never comes back for records of partition 1. */
function openPipeline(hanging: string | null) {
  const clock = createVirtualClock();
  const log = createMemoryLog({ partitions: 2, topics: [topic], clock });
  const source = log.source({ topic, groupId: 'g' });
  const stages = ['load', 'produce', 'write'].map((name) => ({
    name,
    run: (chunk: LogChunk) =>
      name === hanging && chunk.partition === 1 ? new Promise<void>(() => undefined) : Promise.resolve(),
  }));
  const runner = createPipelineRunner<LogChunk>({
    source,
    pipeline: {
      stages,
      begin: (chunk) => chunk,
      nextOffset: ({ records }) => records[records.length - 1].offset + 1,
      abandon: () => undefined,
    },
  });
  const report = () =>
    reportReadiness({
      partitions: source.health(),
      problems: runner.problems(),
      isStoreConnected: true,
      // The in-process log has no session that could end.
      pulse: { heartbeatAgeMs: 0, loopAgeMs: 0 },
    });
  const publish = async (partition: number): Promise<void> => {
    await log.sink().publish([{ topic, key: null, partition, value: Buffer.from('x') }]);
    await turn();
  };
  return { clock, runner, report, publish };
}

describe('a stage that never comes back', () => {
  it.each([
    ['a call of the store', 'load'],
    ['a produce request', 'produce'],
    ['a write of the store', 'write'],
  ])('(%s) makes the service unready within thirty seconds, and its partition alone is named', async (_, hanging) => {
    const { clock, runner, report, publish } = openPipeline(hanging);
    await runner.start();
    await publish(0);
    await publish(1);
    await clock.advance(10_000);
    expect(report()).toMatchObject({ ready: true });
    await clock.advance(20_000);
    expect(report()).toMatchObject({ ready: false, reasons: [expect.stringMatching(/^partition 1 has not advanced/)] });
  });
});

describe('a service without traffic', () => {
  it('stays ready for as long as nothing comes', async () => {
    const { clock, runner, report, publish } = openPipeline(null);
    await runner.start();
    await publish(0);
    for (let passed = 0; passed < 60; passed++) {
      await clock.advance(minute);
      expect(report()).toMatchObject({ ready: true });
    }
  });
});
