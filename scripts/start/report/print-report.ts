import type { BookLine, Report } from './books.ts';

/** The report as lines for people. */
export function describeReport(report: Report, lines: readonly BookLine[]): string[] {
  const { features, ...counts } = report;
  const width = Math.max(...Object.keys(counts).map((name) => name.length));
  return [
    '',
    'Report',
    ...Object.entries(counts).map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
    '',
    'Books',
    ...lines.map(describeLine),
    ...(features === null ? [] : ['', 'Features against the reference', ...describeFeatures(features)]),
  ];
}

function describeLine({ what, left, right }: BookLine): string {
  return left === right ? `  ok        ${what} (${left})` : `  DIFFERS   ${what}: ${left} and ${right}`;
}

function describeFeatures(features: NonNullable<Report['features']>): string[] {
  const width = Math.max(...Object.keys(features).map((name) => name.length));
  return Object.entries(features).map(([column, { maxDiff, differing }]) => {
    const verdict = differing === 0 ? 'ok       ' : 'DIFFERS  ';
    return `  ${verdict} ${column.padEnd(width)}  largest difference ${maxDiff.toPrecision(3)}, customers differing ${differing}`;
  });
}
