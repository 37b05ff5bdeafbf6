import { afterEach } from 'vitest';
import type { PipelineRunner } from '../../services/platform/runtime/pipeline-runner.ts';
import { scorerTwin, type ScorerTwin, type TwinOptions, type TwinWorld } from './scorer-twin.ts';

/** @returns starts a scorer twin, which is stopped at the end of the test; call it once per file of tests */
export function startedTwins(): (world: TwinWorld, options?: TwinOptions) => Promise<ScorerTwin> {
  const running: PipelineRunner[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((runner) => runner.stop()));
  });
  return async (world, options = {}) => {
    const twin = scorerTwin(world, options);
    running.push(twin.runner);
    await twin.runner.start();
    return twin;
  };
}
