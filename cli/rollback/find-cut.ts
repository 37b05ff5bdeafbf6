/** A partition that does not begin with its first record any more, and holds customers of an import. */
export interface CutPartition {
  readonly partition: number;
  readonly firstOffset: number;
  readonly customers: number;
}

/**
 * Where the histories of an import's customers may not be whole.
 * @param customers surrogates of the import's customers, by partition
 */
export function findCut(
  firstOffsets: ReadonlyMap<number, number>,
  customers: ReadonlyMap<number, ReadonlySet<string>>,
): readonly CutPartition[] {
  return [...customers]
    .map(([partition, { size }]) => ({ partition, firstOffset: firstOffsets.get(partition) ?? 0, customers: size }))
    .filter(({ firstOffset }) => firstOffset > 0)
    .sort((a, b) => a.partition - b.partition);
}

/** One sentence for whoever wanted to take the import back. */
export function describeCut(cut: readonly CutPartition[]): string {
  const places = cut.map(
    ({ partition, firstOffset, customers }) =>
      `partition ${partition} (from ${firstOffset} on, ${customers} customers)`,
  );
  return `The topic no longer holds its oldest records on ${places.join(', ')}: events of the import may be gone, and what remains of its customers cannot be told for certain.`;
}
