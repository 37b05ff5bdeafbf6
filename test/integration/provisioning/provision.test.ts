import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivationContent, CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { type TopicKey, topicNames, topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { identifyActivation } from '../../../services/core/scoring/activation.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import { createOutputTopics } from '../../../services/platform/provisioning/create-output-topics.ts';
import { deleteTopics } from '../../../services/platform/provisioning/delete-topics.ts';
import { provision, type ProvisionOptions } from '../../../services/platform/provisioning/provision.ts';
import { partitionsOf, topicPolicies } from '../../../services/platform/provisioning/topic-policies.ts';
import { eventually } from '../../support/eventually.ts';
import { openKafka, type TestKafka } from '../../support/open-kafka.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const topicResource = 2;

function anActivation(stableModel: string): ActivationContent {
  return identifyActivation(
    {
      stableModel,
      stableModelHash: 'ab'.repeat(32),
      candidateModel: null,
      candidateModelHash: null,
      candidateShare: 0,
      backend: 'wasm',
      levelCutoffs: [{ level: 'watch', enter: 0.5, exit: 0.45 }],
      tierCutoffs: [],
      segments: null,
    },
    nodeDigest,
  );
}

const first = anActivation('retention/1');
const second = anActivation('retention/2');

describe('provisioning', () => {
  let kafka: TestKafka;
  let topics: ReturnType<typeof topicsWithPrefix>;

  beforeEach(async () => {
    kafka = await openKafka();
    topics = topicsWithPrefix(kafka.prefix);
  });

  afterEach(() => kafka.close());

  function run(wishes: Partial<ProvisionOptions> = {}) {
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger: kafka.logger });
    const { client, logger } = kafka;
    return provision({
      client,
      registry,
      topics,
      partitions: 3,
      activation: first,
      logger,
      repairAfterMs: 300,
      ...wishes,
    });
  }

  /** What each partition of the events topic holds, in order: `epoch 1` and the model of each activation. */
  async function controls(): Promise<string[][]> {
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger: kafka.logger });
    const codec = await registry.codec<CustomerRecord>(topics.events, 'customer-event');
    const records = await readLog({ client: kafka.client, topic: topics.events, logger: kafka.logger });
    const decoded = (await codec.decode(records.map(({ value }) => value))) as CustomerRecord[];
    const partitions = Math.max(...records.map(({ partition }) => partition)) + 1;
    return Array.from({ length: partitions }, (_, partition) =>
      decoded
        .filter((_record, index) => records[index].partition === partition)
        .map(({ epochStarted, activation }) =>
          epochStarted ? `epoch ${epochStarted.epoch}` : (activation?.stableModel ?? '?'),
        ),
    );
  }

  it('begins every partition with the epoch and the activation, and nothing twice when run again', async () => {
    const made = await run();
    expect(made).toEqual({ partitions: 3, epoch: 1, activationId: first.activationId });
    expect(await run()).toEqual(made);
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1']));
  });

  it('writes control records without key, customer or type', async () => {
    await run();
    const records = await readLog({ client: kafka.client, topic: topics.events, logger: kafka.logger });
    expect(records.every(({ key }) => key === null)).toBe(true);
  });

  it('writes one epoch and one activation per partition, though several processes begin at once', async () => {
    const results = await Promise.all([
      run({ repairAfterMs: 20_000 }),
      run({ repairAfterMs: 20_000 }),
      run({ repairAfterMs: 20_000 }),
    ]);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1']));
  });

  it('lays out and keeps every topic as its policy says', async () => {
    await run();
    const keys = Object.keys(topicNames) as TopicKey[];
    const { resources } = await kafka.admin.describeConfigs({
      includeSynonyms: false,
      resources: keys.map((key) => ({ type: topicResource, name: topics[key] })),
    });
    const metadata = await kafka.admin.fetchTopicMetadata({ topics: Object.values(topics) });
    for (const key of keys) {
      const settings = new Map(
        resources
          .find(({ resourceName }) => resourceName === topics[key])
          ?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
      );
      const policy = topicPolicies[key];
      expect(settings.get('cleanup.policy'), key).toBe(policy.cleanup);
      expect(settings.get('retention.ms'), key).toBe(String(policy.retentionMs));
      expect(settings.get('max.message.bytes'), key).toBe('1048588');
      const partitions = metadata.topics.find(({ name }) => name === topics[key])?.partitions.length;
      expect(partitions, key).toBe(partitionsOf(policy, 3));
    }
  });

  it('keeps the cut-offs of segments that were put in force when another model comes, or the same one again', async () => {
    const withCutoffs = (of: ActivationContent) =>
      identifyActivation({ ...of, tierCutoffs: [{ scheme: 'retail5', tier: 'much', cutoff: 500 }] }, nodeDigest);
    await run();
    expect(await run({ activation: withCutoffs(first) })).toMatchObject({
      activationId: withCutoffs(first).activationId,
    });
    expect(await run()).toMatchObject({ activationId: withCutoffs(first).activationId });
    expect(await run({ activation: second })).toMatchObject({ activationId: withCutoffs(second).activationId });
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1', 'retention/1', 'retention/2']));
  });

  it('appends another activation to every partition, once', async () => {
    await run();
    expect(await run({ activation: second })).toMatchObject({ activationId: second.activationId });
    await run({ activation: second });
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1', 'retention/2']));
    expect(await run({ activation: null })).toMatchObject({ activationId: second.activationId });
  });

  it('leaves the activation to others where none is wanted', async () => {
    expect(await run({ activation: null })).toEqual({ partitions: 3, epoch: 1, activationId: null });
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1']));
    await run();
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1']));
  });

  it('finishes what a process that died after creating the topic did not write', async () => {
    await kafka.admin.createTopics({ waitForLeaders: false, topics: [{ topic: topics.events, numPartitions: 2 }] });
    expect(await run()).toMatchObject({ partitions: 2, epoch: 1 });
    expect(await controls()).toEqual(new Array(2).fill(['epoch 1', 'retention/1']));
  });

  it('completes an activation that reached only some partitions', async () => {
    await run();
    await kafka.admin.deleteTopics({ topics: [topics.activations] });
    await eventually(async () => expect(await kafka.admin.listTopics()).not.toContain(topics.activations));
    await run({ activation: second });
    expect(await controls()).toEqual(new Array(3).fill(['epoch 1', 'retention/1', 'retention/2']));
  });

  it('begins another epoch when the events topic is made anew', async () => {
    await run();
    await kafka.admin.deleteTopics({ topics: [topics.events] });
    await eventually(async () => expect(await kafka.admin.listTopics()).not.toContain(topics.events));
    expect(await run({ activation: null })).toMatchObject({ epoch: 2, activationId: first.activationId });
    expect(await controls()).toEqual(new Array(3).fill(['epoch 2', 'retention/1']));
  });

  it('begins another epoch on all partitions when some were added', async () => {
    await run();
    await kafka.admin.createPartitions({ topicPartitions: [{ topic: topics.events, count: 5 }] });
    await eventually(async () => expect(await run()).toMatchObject({ partitions: 5, epoch: 2 }));
    const { topics: shown } = await kafka.admin.fetchTopicMetadata({
      topics: [topics.scores, topics.scoresLatest, topics.kpiFacts],
    });
    const counts = Object.fromEntries(shown.map(({ name, partitions }) => [name, partitions.length]));
    // Whom a partition of facts is counted for must not change.
    expect(counts).toEqual({ [topics.scores]: 5, [topics.scoresLatest]: 5, [topics.kpiFacts]: 3 });
    const grown = await controls();
    expect(grown.map((entries) => entries.slice(-2))).toEqual(new Array(5).fill(['epoch 2', 'retention/1']));
    // an attempt that failed half way, for instance before a new partition had a leader, is carried out again as a whole
    expect(grown[0].slice(0, 4)).toEqual(['epoch 1', 'retention/1', 'epoch 2', 'retention/1']);
    expect(new Set(grown[0].slice(4))).toEqual(new Set(grown[0].length > 4 ? ['epoch 2', 'retention/1'] : []));
  });

  it('keeps the partitions of an events topic that has another count', async () => {
    await run();
    expect(await run({ partitions: 7 })).toMatchObject({ partitions: 3 });
  });

  it('lets a twin write its outputs elsewhere', async () => {
    await run();
    const twin = topicsWithPrefix(`${kafka.prefix}twin.`);
    const options = { client: kafka.client, topics: twin, partitions: 3, logger: kafka.logger };
    await Promise.all([createOutputTopics(options), createOutputTopics(options)]);
    const existing = await kafka.admin.listTopics();
    expect(existing).toEqual(expect.arrayContaining([twin.scores, twin.scoresLatest, twin.eventsDeadLetter]));
    expect(existing).not.toContain(twin.events);
  });

  it('deletes the topics of a prefix and no others', async () => {
    await run();
    const other = await kafka.createTopic(1);
    expect((await deleteTopics(kafka.client, kafka.prefix)).sort()).toEqual(Object.values(topics).sort());
    await eventually(async () =>
      expect((await kafka.admin.listTopics()).filter((topic) => topic.startsWith(kafka.prefix))).toEqual([other]),
    );
    expect(await deleteTopics(kafka.client, kafka.prefix)).toEqual([]);
    await expect(deleteTopics(kafka.client, '')).rejects.toThrowError('prefix');
  });
});
