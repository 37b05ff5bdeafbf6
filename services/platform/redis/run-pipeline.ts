import type { ChainableCommander, Redis } from 'ioredis';
import { toEngineError } from './redis-errors.ts';
import { meterOf } from './redis-meter.ts';
import type { RedisScript } from './redis-script.ts';

/** More commands in one write would hold up other users of the connection, and this process, without being faster. */
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
  const results = await sendSlices(client, command, items, add);
  return results.map(([error, reply]) => {
    if (error !== null) throw toEngineError(error, command);
    return reply;
  });
}

/** One call of a script. */
export interface ScriptCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number | Buffer)[];
}

/**
 * Runs a script once per call, in order, by its SHA. Where Redis does not know it (first use, failover, SCRIPT FLUSH),
 * those calls are repeated with the whole text, which also makes Redis know it again.
 */
export async function runScript(client: Redis, script: RedisScript, calls: readonly ScriptCall[]): Promise<unknown[]> {
  const results = await sendSlices(client, script.name, calls, (pipeline, { keys, args }) =>
    pipeline.evalsha(script.sha, keys.length, ...keys, ...args),
  );
  const replies: unknown[] = [];
  const unknown: number[] = [];
  for (const [error, reply] of results) {
    if (error === null) replies.push(reply);
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

type Result = readonly [error: Error | null, reply: unknown];

/** One slice after the other; after a failed command the rest is not sent. */
async function sendSlices<T>(
  client: Redis,
  command: string,
  items: readonly T[],
  add: (pipeline: ChainableCommander, item: T) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const meter = meterOf(client);
  for (let start = 0; start < items.length; start += sliceSize) {
    const begun = performance.now();
    const pipeline = client.pipeline();
    for (const item of items.slice(start, start + sliceSize)) add(pipeline, item);
    const replies = (await pipeline.exec()) ?? [];
    const failed = replies.find(([error]) => error !== null && !isUnknownScript(error))?.[0];
    if (failed) {
      meter?.sliceFailed();
      throw toEngineError(failed, command);
    }
    meter?.sliceDone(replies.length, (performance.now() - begun) / 1000);
    results.push(...replies);
  }
  return results;
}

function isUnknownScript(error: Error): boolean {
  return error.message.startsWith('NOSCRIPT');
}
