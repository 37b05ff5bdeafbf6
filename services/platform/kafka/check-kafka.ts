import type { KafkaClient } from './kafka-client.ts';
import { toEngineError } from './kafka-errors.ts';

/** Resolves when a broker answers; rejects with ERR_LOG_UNAVAILABLE otherwise. */
export async function checkKafka(client: KafkaClient): Promise<void> {
  const admin = client.admin();
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (error) {
    throw toEngineError(error, 'asking for the cluster');
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
