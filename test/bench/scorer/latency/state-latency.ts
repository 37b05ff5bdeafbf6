import { createHash } from 'node:crypto';
import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { applyRecord } from '../../../../services/core/features/apply-record.ts';
import type { CustomerState } from '../../../../services/core/features/customer-state.ts';
import { decodeState } from '../../../../services/core/features/decode-state.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../../services/core/features/encode-state.ts';
import type { StateStore } from '../../../../services/core/ports/state-store.ts';
import type { DurationMs } from '../../../../services/core/units.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { createRedis, type RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { benchEvents } from '../../pipeline/bench-events.ts';
import { deleteKeys } from '../../world/delete-keys.ts';
import type { PartContext, PartResult } from '../part-result.ts';
import type { ScorerBenchOptions } from '../scorer-bench-options.ts';
import { latencyResult, type LatencyRound } from './rounds-result.ts';

const customers = 500;
const eventsBefore = 20;
const bar = 2;
const warmUps = 500;
const setScript = "return redis.call('HSET', KEYS[1], 's', ARGV[1])";
const setSha = createHash('sha1').update(setScript).digest('hex');
const context = { calendar: createBusinessCalendar('Europe/London'), digest: nodeDigest };

/**
 * Reading a customer's state, folding one event and writing it by compare-and-set, against an HGET and a set by script
 * of the same bytes: one after the other on one connection, alternating.
 */
export async function benchStateLatency(options: ScorerBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const prefix = `bench-state-${Date.now()}-`;
  const redis = createRedis({ url: stack.redis, logger: createLogger({ name: 'bench', level: 'silent' }) });
  await eventually(() => redis.check());
  try {
    const world = new StateWorld(
      redis,
      prefix,
      customers * eventsBefore + options.rounds * options.operations + warmUps,
    );
    await world.seed();
    await world.round(warmUps);
    const rounds: LatencyRound[] = [];
    for (let round = 1; round <= options.rounds; round++) rounds.push(await world.round(options.operations));
    say(`latency: ${options.rounds} rounds of ${options.operations} reads and updates done`);
    return latencyResult(rounds, { ours: 'state-update', bare: 'bare-hget-set', bar });
  } finally {
    await deleteKeys(redis, prefix);
    await redis.close();
  }
}

class StateWorld {
  readonly #redis: RedisConnection;
  readonly #prefix: string;
  readonly #store: StateStore;
  readonly #events: Generator<CustomerRecord>;
  #offset = 0;

  constructor(redis: RedisConnection, prefix: string, events: number) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#store = createRedisStateStore({ redis, keyPrefix: prefix, namespace: 'customer' });
    this.#events = benchEvents(events, customers);
  }

  async seed(): Promise<void> {
    const states = new Map<string, CustomerState>();
    for (let i = 0; i < customers * eventsBefore; i++) {
      const event = this.#next();
      const state = states.get(event.surrogate) ?? emptyState();
      states.set(event.surrogate, state);
      this.#fold(state, event);
    }
    await this.#store.compareAndSet(
      [...states].map(([surrogate, state]) => ({
        key: { tenant: 'demo', surrogate },
        expectedVersion: 0,
        version: state.version,
        bytes: encodeState(state),
      })),
    );
    await this.#redis.client.script('LOAD', setScript);
    for (const [surrogate, state] of states) {
      await this.#redis.client.hset(this.#bareKey(surrogate), 's', encodeState(state));
    }
  }

  async round(operations: number): Promise<LatencyRound> {
    const ours: DurationMs[] = [];
    const bare: DurationMs[] = [];
    for (let i = 0; i < operations; i++) {
      const event = this.#next();
      const start = performance.now();
      await this.#update(event);
      const between = performance.now();
      await this.#bareUpdate(event.surrogate);
      ours.push(between - start);
      bare.push(performance.now() - between);
    }
    return { ours, bare };
  }

  async #update(event: CustomerRecord): Promise<void> {
    const key = { tenant: event.tenant, surrogate: event.surrogate };
    const [stored] = await this.#store.load([key]);
    const state = stored === null ? emptyState() : decodeState(stored.bytes, stored.version);
    const expectedVersion = state.version;
    this.#fold(state, event);
    const update = { key, expectedVersion, version: state.version, bytes: encodeState(state) };
    const [written] = await this.#store.compareAndSet([update]);
    if (!written) throw new Error('nobody else writes these states');
  }

  async #bareUpdate(surrogate: string): Promise<void> {
    const key = this.#bareKey(surrogate);
    const bytes = await this.#redis.client.hgetBuffer(key, 's');
    if (bytes === null) throw new Error('every customer was seeded');
    await this.#redis.client.evalsha(setSha, 1, key, bytes);
  }

  #fold(state: CustomerState, event: CustomerRecord): void {
    applyRecord(state, event, { epoch: 1, partition: 0, offset: this.#offset++ }, context);
  }

  #next(): CustomerRecord {
    const next = this.#events.next();
    if (next.done === true) throw new Error('the events were counted too short');
    return next.value;
  }

  #bareKey(surrogate: string): string {
    return `${this.#prefix}bare:{demo:${surrogate}}`;
  }
}
