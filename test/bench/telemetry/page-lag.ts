const lagLine = /^tidewatch_partition_lag\{[^}]*\} (\S+)$/gm;

/** Records still to be read by the service that shows this page, over all of its partitions and groups. */
export function pageLag(page: string): number {
  let lag = 0;
  for (const [, value] of page.matchAll(lagLine)) lag += Number(value);
  return lag;
}

const scoresLine = /^tidewatch_scores_read_total\{[^}]*\} (\S+)$/gm;

/** Scores that the service has read since its start, whatever became of them. */
export function pageScoresRead(page: string): number {
  let read = 0;
  for (const [, value] of page.matchAll(scoresLine)) read += Number(value);
  return read;
}
