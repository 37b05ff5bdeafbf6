import type { TopicKey } from '../../core/events/topics.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';
import { waitForLeaders } from '../kafka/wait-for-leaders.ts';
import type { TopicCreation } from './create-topic.ts';
import { partitionsOf, topicPolicies, topicSettings } from './topic-policies.ts';

/** A setting of an existing topic that is not what its policy says. */
export interface TopicDifference {
  readonly topic: string;
  readonly setting: string;
  readonly found: string;
  readonly wanted: string;
  /** The command that sets it. */
  readonly advice: string;
}

/** The protocol's number of a topic among things that have settings. */
const topicResource = 2;

/** Settings that take nothing from the records when they are larger than wanted. */
const mayBeLarger: ReadonlySet<string> = new Set(['max.message.bytes']);

/**
 * Compares topics that exist with their policies.
 * @param partitions of the events topic
 * @throws EngineError ERR_LOG_DENIED where the user may not read settings (DescribeConfigs)
 */
export async function findDifferences(
  { admin, topics }: Pick<TopicCreation, 'admin' | 'topics'>,
  keys: readonly TopicKey[],
  partitions: number,
): Promise<TopicDifference[]> {
  if (keys.length === 0) return [];
  const names = keys.map((key) => topics[key]);
  try {
    const counts = await waitForLeaders(admin, names);
    const resources = names.map((name) => ({ type: topicResource, name }));
    const described = await admin.describeConfigs({ includeSynonyms: false, resources });
    const settings = new Map(
      described.resources.map(({ resourceName, configEntries }) => [
        resourceName,
        new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
    return keys.flatMap((key, i) => [
      ...compareCount(key, names[i], { found: counts[i], events: partitions }),
      ...compareSettings(key, names[i], settings.get(names[i]) ?? new Map<string, string>()),
    ]);
  } catch (error) {
    throw toEngineError(error, 'reading the settings of the topics', { topics: names, operation: 'DescribeConfigs' });
  }
}

function compareCount(
  key: TopicKey,
  topic: string,
  { found, events }: { found: number; events: number },
): TopicDifference[] {
  const policy = topicPolicies[key];
  const wanted = partitionsOf(policy, events);
  if (found === wanted || policy.partitions === 'lasting') return [];
  const advice =
    found < wanted
      ? `kafka-topics.sh --bootstrap-server HOST:PORT --alter --topic ${topic} --partitions ${wanted}`
      : `nothing, where its partitions from ${wanted} on are empty: they are not used; else delete the topic and make it anew`;
  return [{ topic, setting: 'partitions', found: String(found), wanted: String(wanted), advice }];
}

function compareSettings(key: TopicKey, topic: string, found: ReadonlyMap<string, string>): TopicDifference[] {
  // How long a segment stays open only decides how soon a topic is compacted.
  const checked = topicSettings(topicPolicies[key]).filter(({ name }) => name !== 'segment.ms');
  return checked.flatMap(({ name, value: wanted }) => {
    const value = found.get(name);
    if (value === undefined || value === wanted) return [];
    // A compacted topic keeps the newest record of each key whatever its retention says.
    if (name === 'retention.ms' && found.get('cleanup.policy') === 'compact') return [];
    if (mayBeLarger.has(name) && Number(value) > Number(wanted)) return [];
    const advice = `kafka-configs.sh --bootstrap-server HOST:PORT --alter --topic ${topic} --add-config ${name}=${wanted}`;
    return [{ topic, setting: name, found: value, wanted, advice }];
  });
}
