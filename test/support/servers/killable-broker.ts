import { writeFile } from 'node:fs/promises';
import { kafkaFormatSpec, kafkaProperties, kafkaSpec, newClusterId } from '../../../scripts/stack/local/kafka-spec.ts';
import { askKafka } from '../../../scripts/stack/readiness/ask-kafka.ts';
import { createKillableServer, type KillableServer } from './killable-server.ts';
import type { ServerHome } from './server-home.ts';

export interface KillableBroker extends KillableServer {
  /** `host:port` */
  readonly address: string;
}

/**
 * A Kafka broker of the test's own, which answers when this resolves.
 * @param settings further lines of its properties
 */
export async function startKillableBroker(home: ServerHome, settings: readonly string[] = []): Promise<KillableBroker> {
  const { layout } = home;
  const address = `127.0.0.1:${layout.ports.kafka}`;
  await writeFile(layout.kafkaConfig, `${kafkaProperties(layout)}${settings.join('\n')}\n`);
  const format = await home.launch(kafkaFormatSpec(layout, newClusterId()));
  if ((await format.end) !== 0) throw new Error(`${format.ended()}; see ${format.logFile}`);
  const server = createKillableServer(home, kafkaSpec(layout), () => askKafka(address));
  await server.start();
  return { ...server, address };
}
