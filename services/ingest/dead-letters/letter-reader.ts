import { EngineError } from '../../core/errors.ts';
import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { RawRecord } from '../../core/ports/log.ts';
import type { PartitionRange, TopicReader } from '../../core/ports/topic-reader.ts';
import type { FoundLetter } from './found-letter.ts';
import { formatLetterId } from './letter-id.ts';
import type { LetterPlace } from './letter-id.ts';

/** Reads dead letters from their topic. */
export interface LetterReader {
  ranges(): Promise<readonly PartitionRange[]>;
  /**
   * The letters that one fetch brings from an offset on; what cannot be read as a letter is left out.
   * @returns `next`: where to go on; null at the end of the partition
   */
  readFrom(place: LetterPlace): Promise<{ readonly letters: readonly FoundLetter[]; readonly next: number | null }>;
  /** The letters at these places, in pieces of one fetch, so that few originals are held at once. */
  readAt(places: readonly LetterPlace[]): AsyncGenerator<readonly FoundLetter[]>;
}

export function createLetterReader(topic: TopicReader, codec: RecordCodec<DeadLetterRecord>): LetterReader {
  const readFrom: LetterReader['readFrom'] = async ({ partition, offset }) => {
    const records = await topic.read(partition, offset);
    const last = records.at(-1);
    if (last === undefined) return { letters: [], next: null };
    const values = await codec.decode(records.map(({ value }) => value));
    const letters = records.flatMap((raw, index) => toLetter(partition, raw, values[index]) ?? []);
    return { letters, next: last.offset + 1 };
  };

  return {
    ranges: () => topic.ranges(),
    readFrom,
    async *readAt(places) {
      const ranges = new Map((await topic.ranges()).map((range) => [range.partition, range]));
      const isThere = ({ partition, offset }: LetterPlace): boolean => {
        const range = ranges.get(partition);
        return range !== undefined && offset >= range.low && offset < range.high;
      };
      let wanted = places.filter(isThere).sort((a, b) => a.partition - b.partition || a.offset - b.offset);
      while (wanted.length > 0) {
        const [first] = wanted;
        const { letters, next } = await readFrom(first);
        const upTo = next ?? Number.POSITIVE_INFINITY;
        const isDone = (each: LetterPlace): boolean => each.partition === first.partition && each.offset < upTo;
        const ids = new Set(wanted.filter(isDone).map(formatLetterId));
        wanted = wanted.filter((each) => !isDone(each));
        yield letters.filter(({ id }) => ids.has(id));
      }
    },
  };
}

function toLetter(partition: number, raw: RawRecord, value: DeadLetterRecord | EngineError): FoundLetter | null {
  if (value instanceof EngineError) return null;
  const { offset, key } = raw;
  return {
    id: formatLetterId({ partition, offset }),
    partition,
    offset,
    recordedAt: value.recordedAt,
    key,
    letter: value,
  };
}
