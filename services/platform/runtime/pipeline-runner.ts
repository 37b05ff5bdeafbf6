/*
 * The delivery guarantee, in one place.
 *
 * A source hands over chunks: consecutive records of one partition, one chunk of a partition at a time, several
 * partitions at once. The runner takes each chunk through the pipeline's stages in their order, and only then commits
 * the offset after it. For the scorer the order is:
 *
 *   1 load      the states of the chunk's customers (local cache of owned partitions, else Redis)
 *     fold      the records above each customer's mark, one by one, keeping a feature vector per scored record
 *   2 predict   one call of the model for all vectors of the chunk
 *   3 produce   scores, dead letters, late events; acknowledged by all replicas
 *   4 write     every touched customer by compare-and-set on its version
 *   5 latest    compacted topics, from what was stored; then the partition's watermark
 *   6 commit    the offset, only in the group generation that fetched the chunk
 *
 * What a crash repeats. Before 3: nothing is visible, all is done again. Between 3 and 4: the records come again, fold
 * onto the same stored states and give the same score ids and bytes. Between 4 and 6: the marks in the states skip
 * the records, and 5 is repeated from the stored states. After 6: nothing. A zombie (a process that lost its partition
 * without noticing) may repeat 3 with the same bytes, fails the compare-and-set in 4, and is refused in 6.
 *
 * What a fault does. A retryable fault goes back to the source, which pauses the partition and delivers the chunk
 * again, while other partitions go on; the pipeline forgets what it cached of the chunk's customers first.
 * ERR_LOG_FENCED leaves the chunk to its new owner. ERR_STATE_REGRESSED carries the offset to go back to. A record that
 * cannot be served (unknown control kind or model) or a state that cannot be read (damaged, or written by a newer
 * release) halts its partition in the same way, which makes the service not ready: it does not guess. Anything else ends
 * the process.
 */
import { EngineError } from '../../core/errors.ts';
import type { LogChunk, LogSource, PartitionLease } from '../../core/ports/log.ts';
import { PartitionLanes } from './partition-lanes.ts';
import type { PipelineMeter } from './pipeline-meter.ts';
import { type FaultPoints, noFaultPoints } from './fault-points.ts';

export interface Stage<C> {
  readonly name: string;
  run(context: C): Promise<void> | void;
}

export interface Pipeline<C> {
  readonly stages: readonly Stage<C>[];
  begin(chunk: LogChunk, lease: PartitionLease): C;
  /** First offset not done by this chunk; smaller than the chunk's end when the rest must be fetched again. */
  nextOffset(context: C): number;
  /** After a failed attempt: forget cached states of the chunk's customers. */
  abandon(context: C): void;
}

export interface PipelineRunner {
  start(): Promise<void>;
  /** Reasons why the service is not making progress; empty when all is well. */
  problems(): readonly string[];
  stop(): Promise<void>;
}

export interface PipelineRunnerOptions<C> {
  readonly source: LogSource;
  readonly pipeline: Pipeline<C>;
  readonly faults?: FaultPoints;
  /** Shared with whatever else works on the partitions between chunks. */
  readonly lanes?: PartitionLanes;
  readonly meter?: PipelineMeter;
}

const haltingCodes: ReadonlySet<string> = new Set([
  'ERR_KIND_NOT_SERVED',
  'ERR_ACTIVATION_NOT_SERVED',
  'ERR_ACTIVATION_MISSING',
  'ERR_EPOCH_MISSING',
  'ERR_STATE_CORRUPT',
]);

/** Runs a pipeline over a source; see the prose above for order and guarantees. */
export function createPipelineRunner<C>(options: PipelineRunnerOptions<C>): PipelineRunner {
  const { source, lanes = new PartitionLanes() } = options;
  const problems = new Map<string, string>();
  // What another member works on now is no problem of ours.
  source.onAssigned(() => problems.clear());

  async function handle(chunk: LogChunk, lease: PartitionLease): Promise<void> {
    try {
      await lanes.run(chunk.partition, () => attempt(options, chunk, lease));
      problems.delete(placeOf(chunk));
    } catch (error) {
      const fault = asEngineError(error);
      options.meter?.chunkFailed(fault.code);
      if (fault.code === 'ERR_STATE_REGRESSED') {
        lease.seek(Number(fault.context.rewindTo));
        return;
      }
      if (fault.code !== 'ERR_LOG_FENCED')
        problems.set(placeOf(chunk), `partition ${chunk.partition}: ${fault.message}`);
      throw haltingCodes.has(fault.code) ? retryable(fault) : fault;
    }
  }

  return {
    start: () => source.start(handle),
    problems: () => [...problems.values()],
    stop: () => source.stop(),
  };
}

/** Topics that are read together fail and mend apart. */
function placeOf({ topic, partition }: LogChunk): string {
  return `${partition}/${topic}`;
}

/** Takes a chunk through all stages once, and commits what it handled. */
async function attempt<C>(options: PipelineRunnerOptions<C>, chunk: LogChunk, lease: PartitionLease): Promise<void> {
  const { pipeline, meter, faults = noFaultPoints } = options;
  const begun = performance.now();
  let at = begun;
  const context = pipeline.begin(chunk, lease);
  try {
    for (const stage of pipeline.stages) {
      await stage.run(context);
      const done = performance.now();
      meter?.stageDone(stage.name, (done - at) / 1000);
      at = done;
      faults.reached(`after-${stage.name}`);
      if (!lease.isCurrent()) throw fenced(chunk);
    }
    const next = pipeline.nextOffset(context);
    await lease.commit(next);
    meter?.chunkDone(chunk.records.length, (performance.now() - begun) / 1000);
    faults.reached('after-commit');
    if (next <= chunk.records[chunk.records.length - 1].offset) lease.seek(next);
  } catch (error) {
    pipeline.abandon(context);
    throw error;
  }
}

function fenced(chunk: LogChunk): EngineError {
  return new EngineError('ERR_LOG_FENCED', `Partition ${chunk.partition} of ${chunk.topic} has a new owner.`, {
    retryable: false,
  });
}

/** A halted partition is tried again with pauses: the model or version it waits for may be there after a while. */
function retryable({ code, message, context, cause }: EngineError): EngineError {
  return new EngineError(code, message, { retryable: true, context, cause });
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('ERR_INTERNAL', `The pipeline met an unexpected fault: ${message}`, {
    retryable: false,
    cause: error,
  });
}
