import { keepDeliveryMs } from '../../core/deliveries/delivery-terms.ts';
import type { Delivery, DeliveryLane, DeliveryState, StoredDelivery } from '../../core/deliveries/delivery.ts';
import type { DeliveryPlace, DeliveryQuery, DeliveryStore, Settlement } from '../../core/ports/delivery-store.ts';
import type { EpochMs } from '../../core/units.ts';
import { createDeliveryKeys, deliveryLanesKey, type DeliveryKeys } from './keys.ts';
import type { RedisConnection } from './redis-client.ts';
import { loadScript } from './redis-script.ts';
import { runPipeline, runScript } from './run-pipeline.ts';

export interface RedisDeliveryStoreOptions {
  readonly redis: RedisConnection;
  /** TIDEWATCH_KEY_PREFIX. */
  readonly keyPrefix: string;
}

type Fields = Readonly<Record<string, string | undefined>>;

/** Deliveries in Redis: a hash each, and per lane three sorted sets of their ids. Every change is one script. */
export function createRedisDeliveryStore({ redis, keyPrefix }: RedisDeliveryStoreOptions): DeliveryStore {
  const keysOf = createDeliveryKeys(keyPrefix);
  const parts = { redis, keysOf, lanesKey: deliveryLanesKey(keyPrefix), scripts: loadScripts() };
  return { connectionEpoch: redis.connectionEpoch, ...work(parts), ...views(parts) };
}

interface Parts {
  readonly redis: RedisConnection;
  readonly keysOf: (lane: DeliveryLane) => DeliveryKeys;
  readonly lanesKey: string;
  readonly scripts: ReturnType<typeof loadScripts>;
}

/** What moves deliveries on. */
function work({ redis: { client }, keysOf, lanesKey, scripts }: Parts) {
  return {
    async enqueue(deliveries: readonly Delivery[], now: EpochMs) {
      // Before the deliveries: a lane that nobody knows is one that nobody works off.
      const lanes = new Set(deliveries.map(({ tenant, kind, target }) => JSON.stringify([tenant, kind, target])));
      await runPipeline(client, 'SADD', [...lanes], (pipeline, lane) => pipeline.sadd(lanesKey, lane));
      const calls = deliveries.map((delivery) => enqueueCall(keysOf(delivery), delivery, now));
      return (await runScript(client, scripts.enqueue, calls)).map((reply) => reply === 1);
    },
    async lanes() {
      const [members] = await runPipeline(client, 'SMEMBERS', [lanesKey], (pipeline, key) => pipeline.smembers(key));
      return (members as string[]).map(toLane);
    },
    async claim(lane: DeliveryLane, { now, leaseMs, limit }: Parameters<DeliveryStore['claim']>[1]) {
      const keys = keysOf(lane);
      const [ids] = (await runPipeline(client, 'ZRANGEBYSCORE', [keys.due], (pipeline, key) =>
        pipeline.zrangebyscore(key, '-inf', now, 'LIMIT', 0, limit),
      )) as [string[]];
      const calls = ids.map((id) => {
        return { keys: [keys.delivery(id), keys.due, keys.pending], args: [id, now, now + leaseMs] };
      });
      const replies = (await runScript(client, scripts.claim, calls)) as string[][];
      return replies.flatMap((reply, i) => toStored(lane, ids[i], toFields(reply)) ?? []);
    },
    async settle(claimed: StoredDelivery, settlement: Settlement) {
      const keys = keysOf(claimed);
      const args = [
        claimed.id,
        settlement.as,
        claimed.claims,
        timeOf(settlement),
        reasonOf(settlement),
        keepDeliveryMs,
      ];
      const call = { keys: [keys.delivery(claimed.id), keys.due, keys.pending, keys.dead], args };
      return (await runScript(client, scripts.settle, [call]))[0] === 1;
    },
  } satisfies Partial<DeliveryStore>;
}

/** What shows deliveries, and asks for dead ones again. */
function views({ redis, keysOf, scripts }: Parts) {
  const { client } = redis;
  return {
    list: (lane: DeliveryLane, query: DeliveryQuery) => listLane(redis, { lane, keys: keysOf(lane) }, query),
    async find(lane: DeliveryLane, id: string) {
      return (await read(redis, { lane, keys: keysOf(lane) }, [id]))[0] ?? null;
    },
    async replay(lane: DeliveryLane, id: string, now: EpochMs) {
      const keys = keysOf(lane);
      const call = {
        keys: [keys.delivery(id), keys.due, keys.pending, keys.dead],
        args: [id, now, keepDeliveryMs],
      };
      return (await runScript(client, scripts.replay, [call]))[0] === 1;
    },
    async backlog(lane: DeliveryLane) {
      const { pending, dead } = keysOf(lane);
      const [waiting, given] = await runPipeline(client, 'ZCARD', [pending, dead], (pipeline, key) =>
        pipeline.zcard(key),
      );
      const [first] = (await runPipeline(client, 'ZRANGE', [pending], (pipeline, key) =>
        pipeline.zrange(key, '0', '0', 'WITHSCORES'),
      )) as [string[]];
      return { pending: waiting as number, dead: given as number, oldestAt: first[1] ? Number(first[1]) : null };
    },
  } satisfies Partial<DeliveryStore>;
}

function loadScripts() {
  return {
    enqueue: loadScript('enqueue-delivery'),
    claim: loadScript('claim-delivery'),
    settle: loadScript('settle-delivery'),
    replay: loadScript('replay-delivery'),
  };
}

function enqueueCall(keys: DeliveryKeys, delivery: Delivery, now: number) {
  const { id, dueAt, createdAt, subject, payload } = delivery;
  return {
    keys: [keys.delivery(id), keys.due, keys.pending],
    args: [id, Math.max(now, dueAt), createdAt, keepDeliveryMs, JSON.stringify(subject), payload],
  };
}

interface OpenLane {
  readonly lane: DeliveryLane;
  readonly keys: DeliveryKeys;
}

async function listLane(redis: RedisConnection, open: OpenLane, query: DeliveryQuery): Promise<StoredDelivery[]> {
  const { state, after, limit } = query;
  const key = state === 'dead' ? open.keys.dead : open.keys.pending;
  const ids = after === null ? [] : await tiesAfter(redis, key, after);
  if (ids.length < limit) {
    const newest = after === null ? '+inf' : `(${after.at}`;
    const [older] = (await runPipeline(redis.client, 'ZREVRANGEBYSCORE', [key], (pipeline, each) =>
      pipeline.zrevrangebyscore(each, newest, '-inf', 'LIMIT', 0, limit),
    )) as [string[]];
    ids.push(...older);
  }
  return (await read(redis, open, ids.slice(0, limit))).filter((each) => each !== null);
}

/** Those of the very same moment that come after a place: Redis sorts them by their ids, backwards here. */
async function tiesAfter(redis: RedisConnection, key: string, { at, id }: DeliveryPlace): Promise<string[]> {
  const [ties] = (await runPipeline(redis.client, 'ZREVRANGEBYSCORE', [key], (pipeline, each) =>
    pipeline.zrevrangebyscore(each, at, at),
  )) as [string[]];
  return ties.filter((tie) => tie < id);
}

async function read(redis: RedisConnection, { lane, keys }: OpenLane, ids: readonly string[]) {
  const replies = await runPipeline(redis.client, 'HGETALL', ids, (pipeline, id) =>
    pipeline.hgetall(keys.delivery(id)),
  );
  return replies.map((reply, i) => toStored(lane, ids[i], reply as Fields));
}

function toFields(flat: readonly string[]): Fields {
  return Object.fromEntries(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1]]] : [])));
}

function toStored({ tenant, kind, target }: DeliveryLane, id: string, fields: Fields): StoredDelivery | null {
  const { state, subject, createdAt, dueAt } = fields;
  if (state === undefined || subject === undefined) return null;
  return {
    ...{ id, tenant, kind, target },
    subject: JSON.parse(subject) as StoredDelivery['subject'],
    createdAt: Number(createdAt),
    dueAt: Number(dueAt),
    payload: fields['payload'] ?? '{}',
    state: state as DeliveryState,
    attempts: Number(fields['attempts'] ?? 0),
    claims: Number(fields['claims'] ?? 0),
    reason: fields['reason'] ?? null,
    settledAt: fields['settledAt'] === undefined ? null : Number(fields['settledAt']),
    replayedAt: fields['replayedAt'] === undefined ? null : Number(fields['replayedAt']),
  };
}

function toLane(member: string): DeliveryLane {
  const [tenant, kind, target] = JSON.parse(member) as [string, DeliveryLane['kind'], string];
  return { tenant, kind, target };
}

function timeOf(settlement: Settlement): number {
  if (settlement.as === 'failed') return settlement.nextAt;
  return settlement.as === 'waiting' ? settlement.until : settlement.at;
}

function reasonOf(settlement: Settlement): string {
  return settlement.as === 'sent' ? '' : settlement.reason;
}
