import type { Metrics } from '../telemetry/metrics.ts';

/** What a pipeline runner tells of its chunks; durations in seconds. */
export interface PipelineMeter {
  stageDone(stage: string, seconds: number): void;
  chunkDone(records: number, seconds: number): void;
  /** An attempt failed; the chunk is taken up again or left to another. */
  chunkFailed(code: string): void;
}

const chunkBuckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 5, 30];

/** Rate, errors and duration of one pipeline. @param pipeline label: what it works on */
export function createPipelineMeter(metrics: Metrics, pipeline: string): PipelineMeter {
  const recordsHelp = 'Records of the chunks that were done, repeated ones included.';
  const records = metrics.counter('tidewatch_pipeline_records_total', recordsHelp, ['pipeline']);
  const failuresHelp = 'Attempts at a chunk that failed, by what failed them.';
  const failures = metrics.counter('tidewatch_pipeline_failures_total', failuresHelp, ['pipeline', 'code']);
  const stagesHelp = 'Time spent in each stage, of the attempts that got through it.';
  const stages = metrics.counter('tidewatch_pipeline_stage_seconds_total', stagesHelp, ['pipeline', 'stage']);
  const chunksName = 'tidewatch_pipeline_chunk_duration_seconds';
  const chunks = metrics.histogram(chunksName, 'From taking up a chunk to its commit.', chunkBuckets, ['pipeline']);
  records.inc({ pipeline }, 0);
  chunks.zero({ pipeline });
  return {
    stageDone: (stage, seconds) => stages.inc({ pipeline, stage }, seconds),
    chunkDone(count, seconds) {
      records.inc({ pipeline }, count);
      chunks.observe({ pipeline }, seconds);
    },
    chunkFailed: (code) => failures.inc({ pipeline, code }),
  };
}
