import type { ChainableCommander, Redis } from 'ioredis';
import { toEngineError } from './redis-errors.ts';
import type { RedisScript } from './redis-script.ts';

/** More commands in one write would hold up other users of the connection without being faster. */
const sliceSize = 500;

/**
 * Sends one command per item, in order, in slices of one write each. Rejects with the first error; what the other
 * commands did stays done, so callers must be able to repeat.
 * @param command name for errors
 */
export async function runPipeline<T>(
  client: Redis,
  command: string,
  items: readonly T[],
  add: (pipeline: ChainableCommander, item: T) => void,
): Promise<unknown[]> {
  const replies: unknown[] = [];
  for (const results of await sendSlices(client, command, items, add)) {
    for (const [error, reply] of results) {
      if (error !== null) throw toEngineError(error, command);
      replies.push(reply);
    }
  }
  return replies;
}

/** One call of a script: its keys share one hash tag. */
export interface ScriptCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number | Buffer)[];
}

/**
 * Runs a script once per call, in order, by its SHA. Where Redis does not know it (first use, failover, SCRIPT FLUSH),
 * those calls are repeated with the whole text, which also makes Redis know it again.
 */
export async function runScript(client: Redis, script: RedisScript, calls: readonly ScriptCall[]): Promise<unknown[]> {
  const slices = await sendSlices(client, script.name, calls, (pipeline, { keys, args }) =>
    pipeline.evalsha(script.sha, keys.length, ...keys, ...args),
  );
  const replies: unknown[] = [];
  const unknown: number[] = [];
  for (const [error, reply] of slices.flat()) {
    if (error === null) replies.push(reply);
    else if (!error.message.startsWith('NOSCRIPT')) throw toEngineError(error, script.name);
    else unknown.push(replies.push(null) - 1);
  }
  if (unknown.length === 0) return replies;
  const repeated = await runPipeline(client, script.name, unknown, (pipeline, index) => {
    const { keys, args } = calls[index];
    pipeline.eval(script.source, keys.length, ...keys, ...args);
  });
  unknown.forEach((index, i) => (replies[index] = repeated[i]));
  return replies;
}

type Results = readonly [error: Error | null, reply: unknown][];

async function sendSlices<T>(
  client: Redis,
  command: string,
  items: readonly T[],
  add: (pipeline: ChainableCommander, item: T) => void,
): Promise<Results[]> {
  const sent: Promise<Results | null>[] = [];
  for (let start = 0; start < items.length; start += sliceSize) {
    const pipeline = client.pipeline();
    for (const item of items.slice(start, start + sliceSize)) add(pipeline, item);
    sent.push(pipeline.exec());
  }
  try {
    return (await Promise.all(sent)).map((results) => results ?? []);
  } catch (error) {
    throw toEngineError(error, command);
  }
}
