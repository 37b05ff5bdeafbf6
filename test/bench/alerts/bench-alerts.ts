import { startStack } from '../../../scripts/stack/start-stack.ts';
import { benchReport, type BenchReport } from '../bench-report.ts';
import type { PartContext, PartResult } from '../scorer/part-result.ts';
import type { AlertsBenchOptions, AlertsPart } from './alerts-bench-options.ts';
import { benchClocks } from './clocks/clocks.ts';
import { benchDecisions } from './decisions/decisions.ts';
import { benchTaskPage } from './task-page/task-page.ts';

const parts: Readonly<Record<AlertsPart, (options: AlertsBenchOptions, context: PartContext) => Promise<PartResult>>> =
  {
    decisions: benchDecisions,
    'task-page': benchTaskPage,
    clocks: benchClocks,
  };

/** Everything that is measured of alerts, part by part on one stack; see docs/benchmarks/alerts.md. */
export async function benchAlerts(options: AlertsBenchOptions, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const results: PartResult[] = [];
    for (const part of options.parts) results.push(await parts[part](options, { stack, say }));
    return benchReport(
      'alerts',
      results.flatMap(({ figures }) => figures),
      results.flatMap(({ ratios }) => ratios),
    );
  } finally {
    await stack.stop();
  }
}
