import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { scanLog } from '../../services/platform/kafka/scan-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from '../import/target.ts';

/** A score of the tenant by its id, from the topic of scores or that of the latest ones; null when neither holds it. */
export async function findStoredScore(target: Target, scoreId: string, io: CliIo): Promise<Score | null> {
  const logger = createLogger({ name: 'explain', level: 'warn', destination: io.stderr });
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-explain', logger });
  const registry = createSchemaRegistry({ ...target.connections.registry, logger });
  const { scores, scoresLatest } = topicsWithPrefix(io.env['TIDEWATCH_OUTPUT_TOPIC_PREFIX'] ?? target.topicPrefix);
  let found: Score | null = null;
  for (const topic of [scores, scoresLatest]) {
    const codec = await registry.codec<Score>(topic, 'score');
    await scanLog({ client, topic, logger }, async (records) => {
      for (const score of await codec.decode(records.map(({ value }) => value))) {
        if (score instanceof EngineError || score.scoreId !== scoreId || score.tenant !== target.tenant) continue;
        found = score;
      }
    });
    if (found !== null) return found;
  }
  return null;
}
