/**
 * Deals the partitions of several topics out to the members of a group: partition p goes to member p modulo their
 * number, for each topic alike, so that co-partitioned topics meet in one process.
 * @param memberIds in the order that all members agree on (sorted)
 * @returns one entry per member, in order; members beyond the number of partitions get none
 */
export function spreadPartitions(
  memberIds: readonly string[],
  partitions: ReadonlyMap<string, readonly number[]>,
): { memberId: string; assignment: Record<string, number[]> }[] {
  return memberIds.map((memberId, index) => ({
    memberId,
    assignment: Object.fromEntries(
      [...partitions].map(([topic, ids]) => [topic, ids.filter((id) => id % memberIds.length === index)]),
    ),
  }));
}
