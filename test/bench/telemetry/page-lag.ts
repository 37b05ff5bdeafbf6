const lagLine = /^tidewatch_partition_lag\{[^}]*\} (\S+)$/gm;

/** Records still to be read by the service that shows this page, over all of its partitions and groups. */
export function pageLag(page: string): number {
  let lag = 0;
  for (const [, value] of page.matchAll(lagLine)) lag += Number(value);
  return lag;
}
