import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { benchReadLatency } from './read-latency.ts';
import { benchScoreLatency } from './score-latency.ts';
import { benchStateLatency } from './state-latency.ts';

/** From consumed to acknowledged, of one customer's state, and of the read API; each against a bare one of its kind. */
export async function benchLatency(options: ScorerBenchOptions, context: PartContext): Promise<PartResult> {
  const results = [
    await benchScoreLatency(options, context),
    await benchStateLatency(options, context),
    await benchReadLatency(options, context),
  ];
  return {
    figures: results.flatMap(({ figures }) => figures),
    ratios: results.flatMap(({ ratios }) => ratios),
  };
}
