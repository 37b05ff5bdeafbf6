import type * as Runner from '../../../services/platform/runtime/pipeline-runner.ts';
import type {
  Pipeline,
  PipelineRunner,
  PipelineRunnerOptions,
} from '../../../services/platform/runtime/pipeline-runner.ts';
import { answerParent } from '../world/answer-parent.ts';
import { LatencyLog } from '../world/latency-log.ts';

const address = new URL('../../../services/platform/runtime/pipeline-runner.ts?original', import.meta.url).href;
const original = (await import(address)) as typeof Runner;

const log = new LatencyLog();
answerParent(log.answers);

/** The runner as it is, with a look at the clock when a chunk comes in and when its scores are acknowledged. */
export function createPipelineRunner<C extends object>(options: PipelineRunnerOptions<C>): PipelineRunner {
  return original.createPipelineRunner({ ...options, pipeline: probed(options.pipeline) });
}

function probed<C extends object>(pipeline: Pipeline<C>): Pipeline<C> {
  if (!pipeline.stages.some(({ name }) => name === 'produce')) throw new Error('the pipeline has no stage "produce"');
  const begun = new WeakMap<C, { readonly at: number; readonly records: number }>();
  return {
    ...pipeline,
    begin(chunk, lease) {
      const at = performance.now();
      const context = pipeline.begin(chunk, lease);
      begun.set(context, { at, records: chunk.records.length });
      return context;
    },
    stages: pipeline.stages.map((stage) => {
      if (stage.name !== 'produce') return stage;
      return {
        name: stage.name,
        async run(context: C) {
          await stage.run(context);
          const chunk = begun.get(context);
          if (chunk !== undefined) log.acknowledged(chunk.records, performance.now() - chunk.at);
        },
      };
    }),
    nextOffset(context) {
      log.handled(begun.get(context)?.records ?? 0);
      return pipeline.nextOffset(context);
    },
  };
}
