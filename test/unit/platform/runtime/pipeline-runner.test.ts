import { describe, expect, it } from 'vitest';
import { EngineError, type ErrorCode } from '../../../../services/core/errors.ts';
import type { LogChunk, LogSource, PartitionLease } from '../../../../services/core/ports/log.ts';
import { createPipelineRunner } from '../../../../services/platform/runtime/pipeline-runner.ts';

const chunk: LogChunk = {
  topic: 'events',
  partition: 3,
  logId: null,
  highWatermark: 12,
  records: [10, 11].map((offset) => ({ offset, key: null, value: Buffer.alloc(1), timestamp: 0 })),
};

interface FakeLease extends PartitionLease {
  readonly commits: number[];
  readonly seeks: number[];
  current: boolean;
}

function fakeLease(): FakeLease {
  const commits: number[] = [];
  const seeks: number[] = [];
  return {
    commits,
    seeks,
    current: true,
    isCurrent() {
      return this.current;
    },
    heartbeat: () => Promise.resolve(),
    commit: (offset) => Promise.resolve(void commits.push(offset)),
    seek: (offset) => void seeks.push(offset),
  };
}

function fault(code: ErrorCode, retryable: boolean, context = {}): EngineError {
  return new EngineError(code, `fault ${code}`, { retryable, context });
}

/** Runs one chunk through a pipeline whose stages fail as told, and returns what was observed. */
async function runChunk(options: {
  failures?: Record<string, EngineError[]>;
  nextOffset?: number;
  onStage?: (name: string, lease: FakeLease) => void;
}) {
  const lease = fakeLease();
  const ran: string[] = [];
  let abandoned = 0;
  let handle: ((chunk: LogChunk, lease: PartitionLease) => Promise<void>) | undefined;
  const source: LogSource = {
    start: (given) => Promise.resolve(void (handle = given)),
    onAssigned: () => undefined,
    onFatal: () => undefined,
    health: () => [],
    rewindIdle: () => undefined,
    stop: () => Promise.resolve(),
  };
  const reached: string[] = [];
  const runner = createPipelineRunner({
    source,
    faults: { reached: (name) => void reached.push(name) },
    pipeline: {
      stages: ['load', 'produce', 'write'].map((name) => ({
        name,
        run: () => {
          ran.push(name);
          options.onStage?.(name, lease);
          const failure = options.failures?.[name]?.shift();
          if (failure !== undefined) throw failure;
        },
      })),
      begin: () => ({}),
      nextOffset: () => options.nextOffset ?? 12,
      abandon: () => void abandoned++,
    },
  });
  await runner.start();
  const result = await handle!(chunk, lease).then(
    () => 'done' as const,
    (error: unknown) => error as EngineError,
  );
  return { result, ran, abandoned, lease, reached, problems: runner.problems() };
}

describe('the pipeline runner', () => {
  it('runs the stages in order and commits the offset after the chunk last', async () => {
    const { ran, lease, reached, result } = await runChunk({});
    expect(result).toBe('done');
    expect(ran).toEqual(['load', 'produce', 'write']);
    expect(lease.commits).toEqual([12]);
    expect(reached).toEqual(['after-load', 'after-produce', 'after-write', 'after-commit']);
  });

  it('gives a retryable fault back to the source, uncommitted, and forgets cached states', async () => {
    const failure = fault('ERR_STORE_UNAVAILABLE', true);
    const { result, ran, abandoned, lease, problems } = await runChunk({ failures: { write: [failure] } });
    expect(result).toBe(failure);
    expect(ran).toEqual(['load', 'produce', 'write']);
    expect(abandoned).toBe(1);
    expect(lease.commits).toEqual([]);
    expect(problems).toEqual(['partition 3: fault ERR_STORE_UNAVAILABLE']);
  });

  it('leaves a chunk of a lost partition alone: no further stage, no commit', async () => {
    const { ran, lease, result } = await runChunk({
      onStage: (name, held) => void (held.current = name !== 'produce'),
    });
    expect((result as EngineError).code).toBe('ERR_LOG_FENCED');
    expect(ran).toEqual(['load', 'produce']);
    expect(lease.commits).toEqual([]);
  });

  it('goes back to the stored watermark when the store regressed', async () => {
    const regressed = fault('ERR_STATE_REGRESSED', false, { rewindTo: 4 });
    const { lease, result } = await runChunk({ failures: { load: [regressed] } });
    expect(result).toBe('done');
    expect(lease.seeks).toEqual([4]);
    expect(lease.commits).toEqual([]);
  });

  it('commits only what was handled and fetches the rest again', async () => {
    const { lease } = await runChunk({ nextOffset: 11 });
    expect(lease.commits).toEqual([11]);
    expect(lease.seeks).toEqual([11]);
  });

  it('halts on a record it cannot serve: to be tried again, uncommitted, with the reason for readiness', async () => {
    const { result, lease, problems } = await runChunk({ failures: { load: [fault('ERR_KIND_NOT_SERVED', false)] } });
    expect(result).toMatchObject({ code: 'ERR_KIND_NOT_SERVED', retryable: true });
    expect(lease.commits).toEqual([]);
    expect(problems).toEqual(['partition 3: fault ERR_KIND_NOT_SERVED']);
  });

  it('lets an unexpected fault through as a fault that ends the process', async () => {
    const { result, lease } = await runChunk({
      onStage: () => {
        throw new TypeError('boom');
      },
    });
    expect(result).toBeInstanceOf(EngineError);
    expect((result as EngineError).code).toBe('ERR_INTERNAL');
    expect(lease.commits).toEqual([]);
  });
});
