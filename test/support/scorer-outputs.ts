import { Redis } from 'ioredis';
import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { EventsInstallation } from './events-installation.ts';
import { stackAddresses } from './stack-addresses.ts';

/** Everything a scorer left behind under its prefixes. */
export interface ScorerOutputs {
  /** Score id → bytes of the record. */
  readonly scores: ReadonlyMap<string, Buffer>;
  /** Ids that stand on the topic more than once with differing bytes. */
  readonly differingRepeats: readonly string[];
  /** Redis key without its prefix → version and state in hex. */
  readonly states: ReadonlyMap<string, { readonly version: string; readonly state: string }>;
  /** Surrogate → bytes (hex) of its newest record on the topic of latest scores. */
  readonly latest: Readonly<Record<string, string>>;
}

const logger = createLogger({ name: 'test', level: 'silent' });

export async function readOutputs(
  twin: string,
  { client, registry }: EventsInstallation,
  redisUrl = stackAddresses.redis,
): Promise<ScorerOutputs> {
  const topics = topicsWithPrefix(twin);
  const codec = await registry.codec<Score>(topics.scores, 'score');
  const records = await readLog({ client, topic: topics.scores, logger });
  const decoded = await codec.decode(records.map(({ value }) => value));
  const scores = new Map<string, Buffer>();
  const differingRepeats: string[] = [];
  decoded.forEach((score, i) => {
    if (score instanceof EngineError) throw score;
    const bytes = records[i].value ?? Buffer.alloc(0);
    const before = scores.get(score.scoreId);
    if (before !== undefined && !before.equals(bytes)) differingRepeats.push(score.scoreId);
    scores.set(score.scoreId, bytes);
  });
  const latestRecords = await readLog({ client, topic: topics.scoresLatest, logger });
  const latest = Object.fromEntries(latestRecords.map(({ key, value }) => [key ?? '', (value ?? '').toString('hex')]));
  return { scores, differingRepeats, states: await readStates(twin, redisUrl), latest };
}

/** Redis key without its prefix → version and state in hex; what was read is deleted. */
export async function readStates(twin: string, redisUrl = stackAddresses.redis): Promise<ScorerOutputs['states']> {
  const redis = new Redis(redisUrl);
  try {
    const states = new Map<string, { version: string; state: string }>();
    for await (const keys of redis.scanStream({ match: `${twin}customer:*`, count: 500 }) as AsyncIterable<string[]>) {
      for (const key of keys) {
        if (key.includes('~partition')) continue;
        const { v, s } = await redis.hgetallBuffer(key);
        states.set(key.slice(twin.length), { version: v.toString(), state: s.toString('hex') });
        await redis.del(key);
      }
    }
    return states;
  } finally {
    redis.disconnect();
  }
}
