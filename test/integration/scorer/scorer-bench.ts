import { expect } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import { readInstallation } from '../../../services/platform/runtime/installation.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { openRedis } from '../../support/open-redis.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

/** What a scorer that runs as a process is asked and left behind. */
export interface RunningScorer {
  readonly process: ServiceProcess;
  /** Prefix of its group, its keys and the topics it writes. */
  readonly twin: string;
  readonly events: EventsInstallation;
  /** Topic of the events it reads. */
  readonly eventsTopic: string;
  surrogateOf(idType: 'user' | 'anonymous', id: string): string;
  get(path: string, token?: string): Promise<{ readonly status: number; readonly body: unknown }>;
  metrics(): Promise<string>;
  publishRaw(records: readonly Omit<OutgoingRecord, 'topic'>[]): Promise<void>;
  /** Waits until every event has been handled. @param timeoutMs 40 s when absent */
  done(timeoutMs?: number): Promise<void>;
  /** @param prefix of the topics; those of this scorer when absent */
  scores(prefix?: string): Promise<readonly Score[]>;
  latest(): Promise<ReadonlyMap<string, Score>>;
  /** Dead letters with their originals opened. */
  deadLetters(): Promise<readonly (DeadLetterRecord & { readonly opened: Buffer })[]>;
  remove(): Promise<void>;
}

const logger = createLogger({ name: 'test', level: 'silent' });

/** Topics with a mixture of events on them, and a scorer that reads them. */
export async function runScorer(size: Parameters<typeof provisionEvents>[0]): Promise<RunningScorer> {
  const events = await provisionEvents(size);
  const twin = testPrefix();
  const env = events.scorerEnv(twin);
  const installation = await readInstallation(env['TIDEWATCH_INSTALLATION_FILE']);
  const [tenant] = installation.tenants;
  const outputs = topicsWithPrefix(twin);
  const eventsTopic = topicsWithPrefix(events.prefix).events;
  const process = await startService('scorer', env);
  const sealer = createAesSealer('installation', installation.installationKey.reveal());

  async function read<T>(topic: string, schema: string): Promise<T[]> {
    const codec = await events.registry.codec<T>(topic, schema);
    const values = await codec.decode((await readLog({ client: events.client, topic, logger })).map(valueOf));
    return values.map((value) => {
      if (value instanceof EngineError) throw value;
      return value;
    });
  }

  return {
    process,
    twin,
    events,
    eventsTopic,
    surrogateOf: (idType, id) => surrogateId(nodeDigest, tenant.pseudonymKey, idType, id),
    async get(path, token = events.token) {
      const response = await fetch(`${process.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, body: await response.json() };
    },
    metrics: async () => (await fetch(`${process.url}/metrics`)).text(),
    async publishRaw(records) {
      const sink = createKafkaSink({ client: events.client });
      await sink.publish(records.map((record) => ({ ...record, topic: eventsTopic })));
      await sink.stop();
    },
    done: (timeoutMs = 40_000) => eventually(() => events.expectDone(twin), { timeoutMs, intervalMs: 200 }),
    scores: (prefix = twin) => read<Score>(topicsWithPrefix(prefix).scores, 'score'),
    latest: async () =>
      new Map((await read<Score>(outputs.scoresLatest, 'score')).map((score) => [score.surrogate, score])),
    deadLetters: async () =>
      (await read<DeadLetterRecord>(outputs.eventsDeadLetter, 'dead-letter')).map((letter) => {
        expect(letter.keyId).toBe('installation');
        return { ...letter, opened: sealer.open(letter.original, 'dead-letter') };
      }),
    async remove() {
      process.child.kill('SIGKILL');
      await process.ended;
      await events.remove();
      const { redis, remove } = await openRedis(twin);
      await remove();
      await redis.close();
    },
  };
}

function valueOf({ value }: { readonly value: Buffer | null }): Buffer | null {
  return value;
}
