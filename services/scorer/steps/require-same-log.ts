import { EngineError } from '../../core/errors.ts';
import { startsEpoch } from '../apply-control-record.ts';
import type { PartitionControls } from '../partition-controls.ts';
import type { ScorerContext } from '../scorer-context.ts';

/**
 * Refuses records of another log than the watermark and the marks count in, unless they begin a new epoch. The client
 * reads on by name and offset when the topic was deleted, created again and filled past where it stood, and so would the
 * next owner from an offset that was committed in between: the records before would be passed over. The partition is
 * read from its beginning instead, where the epoch record stands.
 */
export function createRequireSameLog(controls: PartitionControls): (context: ScorerContext) => void {
  return function requireSameLog(context) {
    const { chunk, control, records } = context;
    const { partition, logId } = chunk;
    if (logId === null || logId === control.logId) return;
    if (control.logId === null) {
      control.logId = logId;
      return;
    }
    if (records.some(({ record }) => startsEpoch(control, record))) return;
    const first = chunk.records[0].offset;
    if (first > 0 && controls.maySendToStart(partition, logId)) throw otherLog(partition, first);
    throw epochMissing(partition);
  };
}

function otherLog(partition: number, first: number): EngineError {
  return new EngineError(
    'ERR_STATE_REGRESSED',
    `The record at partition ${partition}, offset ${first} is of a topic that was created again: reading it from its start.`,
    { retryable: false, context: { partition, rewindTo: 0 } },
  );
}

function epochMissing(partition: number): EngineError {
  return new EngineError(
    'ERR_EPOCH_MISSING',
    `Partition ${partition} stands on a topic that was created again, and no epoch newer than that of the stored states ` +
      'begins it. States and topics do not belong together: bring back the topic, or begin under another ' +
      'TIDEWATCH_KEY_PREFIX.',
    { retryable: false, context: { partition } },
  );
}
