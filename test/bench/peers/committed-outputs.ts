/** So many outputs stood in committed transactions at that time of the job's monotonic clock. */
export interface CommittedOutputs {
  readonly total: number;
  readonly atMs: number;
}

export interface CommittedRate {
  /** From the first commit to the one that completed the records. */
  readonly seconds: number;
  /** Outputs a second between those two commits, without those of the first. */
  readonly rate: number;
  /** The same over the second half of the records: the job once it is warm. */
  readonly warmRate: number;
}

/**
 * Reads one line of the job's standard output; null for a line that says something else. Java writes a clock that has
 * run for some hours with an exponent.
 */
export function parseCommitted(line: string): CommittedOutputs | null {
  const match = /^committed (\d+) (\d+(?:\.\d+)?(?:E\d+)?)$/.exec(line.trim());
  return match === null ? null : { total: Number(match[1]), atMs: Number(match[2]) };
}

/**
 * The rate at which `records` outputs were committed.
 * @throws RangeError when they are not complete, or all stood in the first commit: there is no time to measure
 */
export function committedRate(commits: readonly CommittedOutputs[], records: number): CommittedRate {
  const last = commits.find(({ total }) => total >= records);
  if (last === undefined) throw new RangeError(`${commits.at(-1)?.total ?? 0} of ${records} outputs were committed`);
  const first = commits[0];
  if (last === first) throw new RangeError(`all ${records} outputs stood in the first commit: take more records`);
  const middle = commits.findLast(({ total }) => total <= records / 2) ?? first;
  return {
    seconds: (last.atMs - first.atMs) / 1000,
    rate: rateBetween(first, last),
    warmRate: rateBetween(middle, last),
  };
}

function rateBetween(from: CommittedOutputs, to: CommittedOutputs): number {
  return ((to.total - from.total) / (to.atMs - from.atMs)) * 1000;
}
