import type { LetterMark, LetterMarks } from '../../core/ports/letter-marks.ts';
import type { DurationMs } from '../../core/units.ts';
import { createLetterMarkKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { runPipeline } from './run-pipeline.ts';

export interface RedisLetterMarksOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
  /** As long as the topic of the letters keeps its records, and a little longer. */
  readonly ttlMs: DurationMs;
}

/** One key per settled letter: `<status>|<time>`. */
export function createRedisLetterMarks({ redis, keyPrefix, ttlMs }: RedisLetterMarksOptions): LetterMarks {
  const { client } = redis;
  const keyOf = createLetterMarkKeys(keyPrefix);
  return {
    async read(letters) {
      const replies = await runPipeline(client, 'GET', letters, (pipeline, letter) => pipeline.get(keyOf(letter)));
      return replies.map((reply) => (typeof reply === 'string' ? toMark(reply) : null));
    },
    async set(letters, { status, at }) {
      const replies = await runPipeline(client, 'SET', letters, (pipeline, letter) =>
        pipeline.set(keyOf(letter), `${status}|${at}`, 'PX', ttlMs, 'NX'),
      );
      return replies.map((reply) => reply === 'OK');
    },
  };
}

function toMark(text: string): LetterMark {
  const [status, at] = text.split('|');
  return { status: status === 'dropped' ? 'dropped' : 'replayed', at: Number(at) };
}
