import { startStack } from '../../../scripts/stack/start-stack.ts';
import { benchReport, type BenchReport } from '../bench-report.ts';
import { benchGrowth } from './growth/growth.ts';
import { benchKpiFacts } from './kpi-facts/bench-kpi-facts.ts';
import { benchLatency } from './latency/latency.ts';
import type { PartContext, PartResult } from './part-result.ts';
import { benchSafety } from './safety.ts';
import type { ScorerBenchOptions, ScorerPart } from './scorer-bench-options.ts';
import { benchSoak } from './soak.ts';
import { benchThroughput } from './throughput.ts';

const parts: Readonly<Record<ScorerPart, (options: ScorerBenchOptions, context: PartContext) => Promise<PartResult>>> =
  {
    throughput: benchThroughput,
    latency: benchLatency,
    safety: benchSafety,
    soak: benchSoak,
    growth: benchGrowth,
    'kpi-facts': benchKpiFacts,
  };

/** Everything that is measured of the scorer, part by part on one stack; see docs/benchmarks/scorer.md. */
export async function benchScorer(options: ScorerBenchOptions, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const results: PartResult[] = [];
    for (const part of options.parts) results.push(await parts[part](options, { stack, say }));
    return benchReport(
      'scorer',
      results.flatMap(({ figures }) => figures),
      results.flatMap(({ ratios }) => ratios),
    );
  } finally {
    await stack.stop();
  }
}
