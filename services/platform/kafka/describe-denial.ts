/** What a piece of work needs of Kafka's access control. */
export interface NeededRights {
  readonly topics?: readonly string[];
  /** On the topics; Read where nothing is said. */
  readonly operation?: 'Read' | 'Write' | 'Create' | 'Alter' | 'Describe' | 'DescribeConfigs';
  /** Read on this group. */
  readonly group?: string;
}

const grant = 'kafka-acls.sh --bootstrap-server HOST:PORT --add --allow-principal User:NAME';
const login =
  'check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, and that the user exists at Kafka';

/**
 * Which right on which resource is missing, and how to grant it.
 * @param fault type of the protocol's error, or name of the client's
 */
export function describeDenial(fault: string, rights: NeededRights): string {
  const { topics = [], operation = 'Read', group } = rights;
  switch (fault) {
    case 'TOPIC_AUTHORIZATION_FAILED': {
      const named = topics.length === 0 ? 'TOPIC' : topics.join(' or ');
      const options = (topics.length === 0 ? ['TOPIC'] : topics).map((topic) => `--topic ${topic}`).join(' ');
      return `The user lacks ${operation} on topic ${named}. Grant it: ${grant} --operation ${operation} ${options}`;
    }
    case 'GROUP_AUTHORIZATION_FAILED': {
      const named = group ?? 'GROUP';
      return `The user lacks Read on group ${named}. Grant it: ${grant} --operation Read --group ${named}`;
    }
    case 'CLUSTER_AUTHORIZATION_FAILED': {
      const needed = operation === 'Write' ? 'IdempotentWrite' : operation;
      return `The user lacks ${needed} on the cluster. Grant it: ${grant} --operation ${needed} --cluster`;
    }
    default:
      return `Kafka did not let the user in: ${login}.`;
  }
}
