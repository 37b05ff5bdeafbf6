import kafkajs, { type PartitionAssigner } from 'kafkajs';

const name = 'tidewatch-co-partitioned';
const version = 0;

/**
 * Gives partition p of every topic to the same member, so that topics with one key and one partition count (scores and
 * commands, say) meet in one process. kafkajs' own round-robin deals topics out one after the other and does not.
 */
export const coPartitionAssigner: PartitionAssigner = ({ cluster }) => ({
  name,
  version,
  assign({ members, topics }) {
    const memberIds = members.map(({ memberId }) => memberId).sort();
    const partitionsOf = (topic: string) => cluster.findTopicPartitionMetadata(topic).map((entry) => entry.partitionId);
    return Promise.resolve(
      spreadPartitions(memberIds, new Map(topics.map((topic) => [topic, partitionsOf(topic)]))).map(
        ({ memberId, assignment }) => ({
          memberId,
          memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({
            version,
            assignment,
            userData: Buffer.alloc(0),
          }),
        }),
      ),
    );
  },
  protocol({ topics }) {
    const metadata = kafkajs.AssignerProtocol.MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) });
    return { name, metadata };
  },
});

/** Partition p goes to member p modulo their number, for each topic alike. */
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
