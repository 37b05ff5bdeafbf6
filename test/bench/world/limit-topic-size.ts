import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';

/** `ConfigResourceTypes.TOPIC` of the client, which exports it as a value of its CommonJS module only. */
const topicResource = 2;
const settings = [
  { name: 'retention.bytes', value: String(64 * 2 ** 20) },
  { name: 'segment.bytes', value: String(16 * 2 ** 20) },
];

/** Lets the broker delete what is old: a soak writes more than a disk should hold. */
export async function limitTopicSize(client: KafkaClient, topic: string): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  try {
    const resources = [{ type: topicResource, name: topic, configEntries: settings }];
    await admin.alterConfigs({ validateOnly: false, resources });
  } finally {
    await admin.disconnect();
  }
}
