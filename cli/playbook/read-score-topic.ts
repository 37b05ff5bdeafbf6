import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { scanLog } from '../../services/platform/kafka/scan-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from '../import/target.ts';

/**
 * The scores of a tenant that the topic of a running installation holds, as far back as it goes. Records that cannot be read
 * are left out, as alerts sets them aside.
 * @throws ERR_DATA_FILE when there are none
 */
export async function readScoreTopic(target: Target, io: CliIo): Promise<readonly Score[]> {
  const logger = createLogger({ name: 'playbook-simulate', level: 'warn', destination: io.stderr });
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-playbook-simulate', logger });
  const registry = createSchemaRegistry({ ...target.connections.registry, logger });
  const { scores: topic } = topicsWithPrefix(io.env['TIDEWATCH_OUTPUT_TOPIC_PREFIX'] ?? target.topicPrefix);
  const codec = await registry.codec<Score>(topic, 'score');
  const scores: Score[] = [];
  await scanLog({ client, topic, logger }, async (records) => {
    for (const score of await codec.decode(records.map(({ value }) => value))) {
      if (!(score instanceof EngineError) && score.tenant === target.tenant) scores.push(score);
    }
  });
  if (scores.length > 0) return scores;
  const message = `The topic ${topic} holds no scores of ${target.tenant}.`;
  throw new EngineError('ERR_DATA_FILE', message, { retryable: false });
}
