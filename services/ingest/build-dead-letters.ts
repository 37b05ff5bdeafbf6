import type { CustomerRecord } from '../core/events/customer-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { Topics } from '../core/events/topics.ts';
import type { LogSink } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { TopicReader } from '../core/ports/topic-reader.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { topicPolicies } from '../platform/provisioning/topic-policies.ts';
import { createRedisClaimStore } from '../platform/redis/redis-claim-store.ts';
import type { RedisConnection } from '../platform/redis/redis-client.ts';
import { createRedisLetterMarks } from '../platform/redis/redis-letter-marks.ts';
import type { Installation } from '../platform/runtime/installation.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { createDeadLetters } from './dead-letters/dead-letters.ts';
import type { DeadLetters } from './dead-letters/dead-letters.ts';
import { createLetterAccess } from './dead-letters/letter-access.ts';
import { createLetterReader } from './dead-letters/letter-reader.ts';
import { createMaskIds } from './dead-letters/mask-ids.ts';
import { createReplayEvents } from './dead-letters/replay-events.ts';
import { createReplayRecord } from './dead-letters/replay-record.ts';
import { dialects } from './dialects/dialects.ts';
import type { IngestTenant } from './ingest-tenant.ts';
import { createIngestPipeline } from './pipeline.ts';
import type { IngestDeps } from './pipeline.ts';

export interface DeadLetterParts {
  readonly installation: Installation;
  readonly tenants: () => ReadonlyMap<string, IngestTenant>;
  /** Of the pipeline that clients' events go through. */
  readonly pipeline: Omit<IngestDeps, 'claims' | 'keepsRefused' | 'topics'>;
  readonly topics: Topics;
  readonly codec: RecordCodec<CustomerRecord>;
  readonly letterCodec: RecordCodec<DeadLetterRecord>;
  readonly sink: LogSink;
  readonly redis: RedisConnection;
  readonly keyPrefix: string;
  readonly topicReader: TopicReader;
}

const day = 86_400_000;
/** As long as a letter can be replayed, its event must not be forgotten: a client may have sent it several times. */
const rememberMs = topicPolicies.eventsDeadLetter.retentionMs + day;

/** Puts together what lists, shows, replays and drops dead letters. */
export function buildDeadLetters(parts: DeadLetterParts): DeadLetters {
  const { installation, tenants, topics, codec, sink, redis, keyPrefix } = parts;
  const installationKey = installation.installationKey.reveal();
  const claims = createRedisClaimStore({ redis, keyPrefix, doneTtlMs: rememberMs });
  const keys = {
    // Asked anew each time: tenants come and go while ingest runs.
    get tenants() {
      return tenants();
    },
    installation: createAesSealer('installation', installationKey),
  };
  const pipeline = createIngestPipeline({ ...parts.pipeline, topics, claims, keepsRefused: false });
  const { partitions } = parts.pipeline;
  return createDeadLetters({
    reader: createLetterReader(parts.topicReader, parts.letterCodec),
    marks: createRedisLetterMarks({ redis, keyPrefix, ttlMs: rememberMs }),
    mayAccess: createLetterAccess(tenants),
    maskIds: createMaskIds(nodeDigest, (tenant) => tenants().get(tenant ?? '')?.contentKey ?? installationKey),
    keys,
    clock: systemClock,
    replayEvents: createReplayEvents({ pipeline, dialects, keys, digest: nodeDigest }),
    replayRecord: createReplayRecord({ codec, claims, sink, keys, topic: topics.events, partitions }),
  });
}
