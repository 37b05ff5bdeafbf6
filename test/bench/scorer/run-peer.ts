import { join } from 'node:path';
import { runKafkaStreams } from '../peers/kafka-streams.ts';
import type { BenchWorld } from '../world/bench-world.ts';

/**
 * The Kafka Streams job on all events of the world.
 * @param say takes what is worth telling a waiting person: the first run of a checkout builds the job
 * @returns records per second
 */
export async function runPeer(
  world: BenchWorld,
  job: { readonly threads: number; readonly records: number },
  say: (line: string) => void,
): Promise<number> {
  const applicationId = `${world.newTwin()}streams`;
  const { rate } = await runKafkaStreams({
    brokers: world.stack.kafka.split(','),
    applicationId,
    input: world.topics.events,
    output: world.topics.scores,
    stateDir: join(world.dir, applicationId),
    inputSchemaId: world.schemaIds.events,
    outputSchemaId: world.schemaIds.scores,
    ...job,
    say,
  });
  return rate;
}
