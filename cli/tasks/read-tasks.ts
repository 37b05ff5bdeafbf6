import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { scanLog } from '../../services/platform/kafka/scan-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { CliIo } from '../cli-io.ts';
import type { Target } from '../import/target.ts';

/**
 * Hands over every snapshot of the tenant's tasks on the topic: several of one task, also the same one twice, in order of
 * versions. Records that are no tasks are counted on `stderr`.
 */
export async function readTasks(target: Target, io: CliIo, take: (task: RetentionTask) => void): Promise<void> {
  const logger = createLogger({ name: 'tasks', level: 'warn', destination: io.stderr });
  const client = createKafkaClient({ ...target.connections.kafka, clientId: 'tidewatch-tasks', logger });
  const registry = createSchemaRegistry({ ...target.connections.registry, logger });
  const topic = topicsWithPrefix(target.topicPrefix).tasks;
  const codec = await registry.codec<RetentionTask>(topic, 'retention-task');
  let unreadable = 0;
  await scanLog({ client, topic, logger }, async (records) => {
    const values = records.flatMap(({ value }) => (value === null ? [] : [value]));
    for (const task of await codec.decode(values)) {
      if (task instanceof EngineError) unreadable += 1;
      else if (task.tenant === target.tenant) take(task);
    }
  });
  if (unreadable > 0) io.stderr.write(`${unreadable} records of ${topic} are no tasks and were left out.\n`);
}
