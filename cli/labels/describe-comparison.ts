import type { ReasonComparison } from '../../services/core/labels/compare-reasons.ts';
import type { ObservedShare } from '../../services/core/labels/observed-share.ts';

/** Predicted beside confirmed reasons, for people. */
export function describeComparison(found: ReasonComparison): string {
  const { commonest } = found;
  const lines = [
    `${found.closed} tasks closed; without a confirmed reason: ${describeShare(found.withoutConfirmed)}`,
    `${found.compared} tasks with a predicted and a confirmed reason`,
    `  confirmed reason predicted first:           ${describeShare(found.first)}`,
    `  confirmed reason among the three strongest: ${describeShare(found.amongThree)}`,
  ];
  if (commonest !== null) lines.push(`  always naming "${commonest.code}" would reach: ${describeShare(commonest)}`);
  const pairs = found.confusion.map(
    ({ predicted, confirmed, tasks }) =>
      `  predicted ${predicted.padEnd(18)} confirmed ${confirmed.padEnd(18)} ${tasks}`,
  );
  return [...lines, ...pairs, ''].join('\n');
}

function describeShare(share: ObservedShare | null): string {
  if (share === null) return 'nothing to count yet';
  const percent = (figure: number): string => (figure * 100).toFixed(1);
  return `${percent(share.share)} % [${percent(share.low)}, ${percent(share.high)}] (${share.count} of ${share.of})`;
}
