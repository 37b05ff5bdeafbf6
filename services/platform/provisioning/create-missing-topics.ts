import { EngineError } from '../../core/errors.ts';
import type { TopicKey } from '../../core/events/topics.ts';
import { toEngineError } from '../kafka/kafka-errors.ts';
import { createTopic, type TopicCreation } from './create-topic.ts';
import { partitionsOf, topicPolicies, topicSettings } from './topic-policies.ts';

/**
 * Creates topics side by side.
 * @param shared partitions of the events topic
 * @returns the keys of those that this very call created
 * @throws EngineError ERR_LOG_DENIED, which names every topic that the user may not create, and how each is made
 */
export async function createMissingTopics(
  creation: TopicCreation,
  keys: readonly TopicKey[],
  shared: number,
): Promise<TopicKey[]> {
  const results = await Promise.allSettled(keys.map((key) => createTopic(creation, key, shared)));
  const faults = results.map((result, i) =>
    result.status === 'rejected' ? toEngineError(result.reason, `creating ${creation.topics[keys[i]]}`) : null,
  );
  const denied = keys.filter((_, i) => faults[i]?.code === 'ERR_LOG_DENIED');
  const other = faults.find((fault) => fault !== null && fault.code !== 'ERR_LOG_DENIED');
  if (other) throw other;
  if (denied.length > 0) throw deniedError(creation, denied, shared);
  return keys.filter((_, i) => results[i].status === 'fulfilled' && results[i].value);
}

function deniedError(creation: TopicCreation, denied: readonly TopicKey[], shared: number): EngineError {
  const names = denied.map((key) => creation.topics[key]);
  const commands = denied.map((key) => `\n  ${creationCommand(creation, key, shared)}`).join('');
  const message =
    `Topic ${names.join(', ')} does not exist for this user, who may not create it. If it exists, the user lacks ` +
    `Describe on it. If it does not, either grant Create on it and start again (kafka-acls.sh --bootstrap-server ` +
    `HOST:PORT --add --allow-principal User:NAME --operation Create ${names.map((name) => `--topic ${name}`).join(' ')}), ` +
    `or have it created by somebody who may:${commands}`;
  return new EngineError('ERR_LOG_DENIED', message, { retryable: false, context: { topics: names.join(',') } });
}

function creationCommand({ topics }: TopicCreation, key: TopicKey, shared: number): string {
  const policy = topicPolicies[key];
  const settings = topicSettings(policy).map(({ name, value }) => `--config ${name}=${value}`);
  const partitions = partitionsOf(policy, shared);
  const head = `kafka-topics.sh --bootstrap-server HOST:PORT --create --topic ${topics[key]}`;
  return `${head} --partitions ${partitions} ${settings.join(' ')}`;
}
