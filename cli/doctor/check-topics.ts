import { type TopicKey, topicNames, topicsWithPrefix } from '../../services/core/events/topics.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { toEngineError } from '../../services/platform/kafka/kafka-errors.ts';
import { waitForLeaders } from '../../services/platform/kafka/wait-for-leaders.ts';
import { findDifferences } from '../../services/platform/provisioning/find-differences.ts';
import type { KafkaConnection } from '../../services/platform/runtime/connections.ts';
import type { Logger } from '../../services/platform/telemetry/logger.ts';
import type { Finding } from './finding.ts';

const what = 'Topics';

/** Which topics are there for this user, and what of them is not as it should be. */
export async function checkTopics(
  kafka: KafkaConnection,
  config: { readonly TIDEWATCH_TOPIC_PREFIX: string },
  logger: Logger,
): Promise<Finding[]> {
  const topics = topicsWithPrefix(config.TIDEWATCH_TOPIC_PREFIX);
  const keys = Object.keys(topicNames) as TopicKey[];
  const admin = createKafkaClient({ ...kafka, clientId: 'tidewatch-doctor', logger }).admin();
  try {
    await admin.connect();
    const existing = new Set(await admin.listTopics());
    const missing = keys.filter((key) => !existing.has(topics[key]));
    if (missing.length === keys.length) {
      return [
        { result: 'ok', what, detail: 'none is there yet; "tidewatch provision" or the first service creates them' },
      ];
    }
    if (missing.length > 0) return [describeMissing(missing.map((key) => topics[key]))];
    const [partitions] = await waitForLeaders(admin, [topics.events]);
    const differences = await findDifferences({ admin, topics }, keys, partitions);
    if (differences.length > 0) {
      return differences.map(({ topic, setting, found, wanted, advice }) => {
        return { result: 'fault', what, detail: `${topic} has ${setting} ${found}, not ${wanted}`, advice };
      });
    }
    return [{ result: 'ok', what, detail: `${keys.length} topics, ${partitions} partitions` }];
  } catch (error) {
    const { message: detail } = toEngineError(error, 'comparing the topics');
    return [{ result: 'fault', what, detail, advice: 'docs/reference/clusters.md lists the rights' }];
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

function describeMissing(missing: readonly string[]): Finding {
  const advice = 'run "tidewatch provision" as a user who may create topics, or grant Describe on those that exist';
  return { result: 'fault', what, detail: `not there for this user: ${missing.join(', ')}`, advice };
}
