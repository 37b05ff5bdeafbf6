import kafkajs, { type PartitionAssigner } from 'kafkajs';
import { spreadPartitions } from '../../core/events/spread-partitions.ts';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;

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
    const partitions = new Map(
      topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((entry) => entry.partitionId)]),
    );
    const spread = spreadPartitions(memberIds, partitions).map(({ memberId, assignment }) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({ version, assignment, userData: Buffer.alloc(0) }),
    }));
    return Promise.resolve(spread);
  },
  protocol: ({ topics }) => ({
    name,
    metadata: MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }),
  }),
});
