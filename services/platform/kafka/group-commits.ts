import type { KafkaClient } from './kafka-client.ts';
import { readGroupPositions } from './group-positions.ts';
import { toEngineError } from './kafka-errors.ts';

export interface GroupCommitsOptions {
  readonly client: KafkaClient;
  /** A group this process is not a member of. */
  readonly groupId: string;
  readonly topic: string;
}

export interface GroupCommits {
  /**
   * Committed offset per partition; a partition without one, or with one beyond the end of a topic made anew, is absent.
   * ERR_LOG_UNAVAILABLE when Kafka does not answer.
   */
  committed(): Promise<ReadonlyMap<number, number>>;
  stop(): Promise<void>;
}

/** Reads how far another group is done with a topic; connects at the first question. */
export function createGroupCommits({ client, groupId, topic }: GroupCommitsOptions): GroupCommits {
  const admin = client.admin();
  let connecting: Promise<void> | null = null;

  function connect(): Promise<void> {
    connecting ??= admin.connect().catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    return connecting;
  }

  return {
    async committed() {
      try {
        await connect();
        const positions = await readGroupPositions(admin, groupId, [topic]);
        return new Map(
          positions.flatMap(({ partition, committed, high }) =>
            committed === null || committed > high ? [] : [[partition, committed] as const],
          ),
        );
      } catch (error) {
        throw toEngineError(error, `reading the committed offsets of ${groupId}`);
      }
    },
    async stop() {
      if (connecting !== null) await admin.disconnect().catch(() => undefined);
    },
  };
}
