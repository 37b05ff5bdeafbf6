import { EngineError } from '../../core/errors.ts';
import type { TopicKey } from '../../core/events/topics.ts';
import type { TopicCreation } from './create-topic.ts';
import { findDifferences } from './find-differences.ts';

/** Says in the log what of topics that others made is not as it should be; the topics stay as they are. */
export async function warnOfDifferences(
  creation: TopicCreation,
  keys: readonly TopicKey[],
  partitions: number,
): Promise<void> {
  const { logger } = creation;
  try {
    for (const { topic, setting, found, wanted, advice } of await findDifferences(creation, keys, partitions)) {
      logger.warn(
        { topic, setting, found, wanted },
        `Topic ${topic} has ${setting} ${found}, not ${wanted}; it stays as it is. To change it: ${advice}`,
      );
    }
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'ERR_LOG_DENIED') throw error;
    logger.info({ code: error.code }, `The settings of the topics were not compared: ${error.message}`);
  }
}
