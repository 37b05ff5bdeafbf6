import type { RetentionCommand } from '../core/commands/retention-command.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { Score } from '../core/scoring/score.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import { careEventTypes } from '../core/tasks/care-event-types.ts';
import { createInputReader, type InputReader } from './input-reader.ts';
import { findCommandFault, findEventFault, findSegmentsFault } from './steps/find-input-fault.ts';
import { findScoreFault } from './steps/find-score-fault.ts';

export interface InputCodecs {
  readonly scores: RecordCodec<Score>;
  readonly segments: RecordCodec<SegmentChanges>;
  readonly events: RecordCodec<CustomerRecord>;
  readonly commands: RecordCodec<RetentionCommand>;
}

export type InputTopics = Readonly<Record<keyof InputCodecs, string>>;

/**
 * How each topic that alerts reads becomes inputs, by the topic's name.
 * @param withBirthday see `steps/open-birthday.ts`
 */
export function createInputReaders(
  topics: InputTopics,
  codecs: InputCodecs,
  withBirthday: (event: CustomerRecord) => CustomerRecord,
): ReadonlyMap<string, InputReader> {
  const scores = createInputReader({
    kind: 'score',
    step: 'alerts.decode',
    codec: codecs.scores,
    faultOf: findScoreFault,
    toInput: (score) => ({ kind: 'score', score }),
  });
  const segments = createInputReader({
    kind: 'segments',
    step: 'alerts.decode-segments',
    codec: codecs.segments,
    faultOf: findSegmentsFault,
    toInput: (changes, place) => ({ kind: 'segments', segments: changes, place }),
  });
  const events = createEventReader(codecs.events, withBirthday);
  const commands = createInputReader({
    kind: 'command',
    step: 'alerts.decode-command',
    codec: codecs.commands,
    faultOf: findCommandFault,
    toInput: (command, place) => ({ kind: 'command', command, place }),
  });
  return new Map([
    [topics.scores, scores],
    [topics.segments, segments],
    [topics.events, events],
    [topics.commands, commands],
  ]);
}

function createEventReader(
  codec: InputCodecs['events'],
  withBirthday: (event: CustomerRecord) => CustomerRecord,
): InputReader {
  return createInputReader({
    kind: 'event',
    // The scorer reads the same topic and sets them aside; a second letter of one record would be replayed twice.
    step: null,
    codec,
    // Control records of a whole partition have no key.
    isOfNobody: ({ key }) => key === null,
    isWanted: ({ kind, type }) => (kind === 'event' || kind === 'forwarded') && careEventTypes.has(type),
    faultOf: findEventFault,
    toInput: (event, place) => ({ kind: 'event', event: withBirthday(event), place }),
  });
}
