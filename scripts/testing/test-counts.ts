export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The parts of vitest's JSON report that are counted. */
export interface TestReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const nothing: TestCounts = { passed: 0, failed: 0, skipped: 0 };

/**
 * Counts single tests. A file that failed without a failing test (it could not be loaded, a hook threw) is one failure,
 * and so is a run without any test, or one that the runner itself calls failed for a reason of its own.
 */
export function countTests(report: TestReport | null): TestCounts {
  if (report === null) return { ...nothing, failed: 1 };
  const counts = report.testResults.map(countFile).reduce(addCounts, nothing);
  const isEmpty = counts.passed + counts.failed + counts.skipped === 0;
  return counts.failed === 0 && (isEmpty || !report.success) ? { ...counts, failed: 1 } : counts;
}

function countFile(file: TestReport['testResults'][number]): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of file.assertionResults) {
    if (status === 'passed') counts.passed += 1;
    else if (status === 'failed') counts.failed += 1;
    else counts.skipped += 1;
  }
  if (file.status === 'failed' && counts.failed === 0) counts.failed = 1;
  return counts;
}

export function addCounts(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

export function describeCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
