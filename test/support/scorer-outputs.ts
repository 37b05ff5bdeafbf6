import { Redis } from 'ioredis';
import { EngineError } from '../../services/core/errors.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { readLog } from '../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import type { EventsInstallation } from './events-installation.ts';
import { stackAddresses } from './stack-addresses.ts';

/** Everything a scorer left behind under its prefixes. */
export interface ScorerOutputs {
  /** Score id → bytes of the record. */
  readonly scores: ReadonlyMap<string, Buffer>;
  /** Change id → bytes of the record on the topic of segments. */
  readonly changes: ReadonlyMap<string, Buffer>;
  /** Kind, customer and place of each fact for KPIs → bytes of the record. */
  readonly facts: ReadonlyMap<string, Buffer>;
  /** Scores, changes and facts that stand on a topic more than once with differing bytes. */
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
  const differingRepeats: string[] = [];
  const codec = await registry.codec<Score>(topics.scores, 'score');
  const records = await readLog({ client, topic: topics.scores, logger });
  const decoded = await codec.decode(records.map(({ value }) => value));
  const scores = bytesById(records, decoded.map(idOf(({ scoreId }) => scoreId)), differingRepeats);
  const changeCodec = await registry.codec<SegmentChanges>(topics.segments, 'segment-changes');
  const changeRecords = await readLog({ client, topic: topics.segments, logger });
  const changed = await changeCodec.decode(changeRecords.map(({ value }) => value));
  const changes = bytesById(changeRecords, changed.map(idOf(({ changeId }) => changeId)), differingRepeats);
  const factCodec = await registry.codec<KpiFact>(topics.kpiFacts, 'kpi-fact');
  const factRecords = await readLog({ client, topic: topics.kpiFacts, logger });
  const told = await factCodec.decode(factRecords.map(({ value }) => value));
  const place = idOf<KpiFact>((fact) => [fact.kind, fact.surrogate, fact.epoch, fact.sequence].join(' '));
  const facts = bytesById(factRecords, told.map(place), differingRepeats);
  const latestRecords = await readLog({ client, topic: topics.scoresLatest, logger });
  const latest = Object.fromEntries(latestRecords.map(({ key, value }) => [key ?? '', (value ?? '').toString('hex')]));
  return { scores, changes, facts, differingRepeats, states: await readStates(twin, redisUrl), latest };
}

function idOf<T>(read: (value: T) => string): (value: T | EngineError) => string {
  return (value) => {
    if (value instanceof EngineError) throw value;
    return read(value);
  };
}

function bytesById(
  records: readonly { readonly value: Buffer | null }[],
  ids: readonly string[],
  differingRepeats: string[],
): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  ids.forEach((id, i) => {
    const bytes = records[i].value ?? Buffer.alloc(0);
    const before = found.get(id);
    if (before !== undefined && !before.equals(bytes)) differingRepeats.push(id);
    found.set(id, bytes);
  });
  return found;
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
