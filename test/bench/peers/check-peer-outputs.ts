import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { KafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import type { Logger } from '../../../services/platform/telemetry/logger.ts';
import { peerDifferences } from './peer-differences.ts';

export interface PeerOutputs {
  readonly client: KafkaClient;
  readonly logger: Logger;
  /** Topic a peer wrote alone, and has stopped writing. */
  readonly output: string;
  readonly partitions: number;
  readonly scores: RecordCodec<Score>;
  /** What stood in its input, in order. */
  readonly events: Iterable<CustomerRecord>;
}

/** What a peer committed against the naive computation: the first ten differences, in words. */
export async function checkPeerOutputs(outputs: PeerOutputs): Promise<string[]> {
  return peerDifferences(outputs.events, await readScores(outputs)).slice(0, 10);
}

/** A transaction ends with a marker that nobody can read: a last record per partition shows where the log ends. */
async function readScores({ client, logger, output, partitions, scores }: PeerOutputs): Promise<Score[]> {
  const sink = createKafkaSink({ client });
  const ends = Array.from({ length: partitions }, (_, partition) => ({
    partition,
    topic: output,
    key: '',
    value: null,
  }));
  await sink.publish(ends);
  await sink.stop();
  const records = (await readLog({ client, logger, topic: output })).filter(({ value }) => value !== null);
  const decoded = await scores.decode(records.map(({ value }) => value));
  return decoded.map((score, i) => {
    if (score instanceof EngineError) throw score;
    if (score.surrogate !== records[i].key) throw new Error(`${score.eventId} stands under the key ${records[i].key}`);
    return score;
  });
}
