import type { DeliveryLane, StoredDelivery } from '../../core/deliveries/delivery.ts';
import type { DeliveryStore, Settlement } from '../../core/ports/delivery-store.ts';

/** Deliveries in this process: for tests, simulation and the embedded mode. Nothing is ever forgotten. */
export function createMemoryDeliveryStore(): DeliveryStore {
  const lanes: Lanes = new Map();
  const all = (lane: DeliveryLane): StoredDelivery[] => [...openLane(lanes, lane).values()];
  return { connectionEpoch: () => 1, ...work(lanes, all), ...views(lanes, all) };
}

type Lanes = Map<string, { readonly lane: DeliveryLane; readonly byId: Map<string, StoredDelivery> }>;
type All = (lane: DeliveryLane) => StoredDelivery[];

function openLane(lanes: Lanes, { tenant, kind, target }: DeliveryLane): Map<string, StoredDelivery> {
  const name = JSON.stringify([tenant, kind, target]);
  const found = lanes.get(name) ?? { lane: { tenant, kind, target }, byId: new Map() };
  lanes.set(name, found);
  return found.byId;
}

function work(lanes: Lanes, all: All): Pick<DeliveryStore, 'enqueue' | 'lanes' | 'claim' | 'settle'> {
  return {
    enqueue(deliveries, now) {
      const added = deliveries.map((delivery) => {
        const byId = openLane(lanes, delivery);
        if (byId.has(delivery.id)) return false;
        byId.set(delivery.id, { ...delivery, ...untouched, dueAt: Math.max(now, delivery.dueAt) });
        return true;
      });
      return Promise.resolve(added);
    },
    lanes: () => Promise.resolve([...lanes.values()].map(({ lane }) => lane)),
    claim(lane, { now, leaseMs, limit }) {
      const due = all(lane).filter(({ state, dueAt }) => isPending(state) && dueAt <= now);
      const taken = due.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1)).slice(0, limit);
      const claimed = taken.map((each) => {
        return { ...each, state: 'claimed' as const, claims: each.claims + 1, dueAt: now + leaseMs };
      });
      for (const each of claimed) openLane(lanes, lane).set(each.id, each);
      return Promise.resolve(claimed);
    },
    settle(claimed, settlement) {
      const byId = openLane(lanes, claimed);
      const held = byId.get(claimed.id);
      if (held === undefined || held.state === 'sent') return Promise.resolve(false);
      const isHolder = held.state === 'claimed' && held.claims === claimed.claims;
      if (settlement.as !== 'sent' && !isHolder) return Promise.resolve(false);
      byId.set(held.id, settled(held, settlement));
      return Promise.resolve(true);
    },
  };
}

function views(lanes: Lanes, all: All): Pick<DeliveryStore, 'list' | 'find' | 'replay' | 'backlog'> {
  return {
    list(lane, { state, after, limit }) {
      const at = (each: StoredDelivery): number => (state === 'dead' ? (each.settledAt ?? 0) : each.createdAt);
      const listed = all(lane)
        .filter((each) => (state === 'dead' ? each.state === 'dead' : isPending(each.state)))
        .filter((each) => after === null || at(each) < after.at || (at(each) === after.at && each.id < after.id))
        .sort((a, b) => at(b) - at(a) || (a.id < b.id ? 1 : -1));
      return Promise.resolve(listed.slice(0, limit));
    },
    find: (lane, id) => Promise.resolve(openLane(lanes, lane).get(id) ?? null),
    replay(lane, id, now) {
      const held = openLane(lanes, lane).get(id);
      if (held?.state !== 'dead') return Promise.resolve(false);
      const again = { state: 'pending', attempts: 0, dueAt: now, replayedAt: now, settledAt: null } as const;
      openLane(lanes, lane).set(id, { ...held, ...again });
      return Promise.resolve(true);
    },
    backlog(lane) {
      const pending = all(lane).filter(({ state }) => isPending(state));
      const times = pending.map(({ createdAt, replayedAt }) => replayedAt ?? createdAt);
      const oldestAt = times.length === 0 ? null : Math.min(...times);
      const dead = all(lane).filter(({ state }) => state === 'dead').length;
      return Promise.resolve({ pending: pending.length, dead, oldestAt });
    },
  };
}

const untouched = {
  state: 'pending',
  attempts: 0,
  claims: 0,
  reason: null,
  settledAt: null,
  replayedAt: null,
} as const;

function isPending(state: StoredDelivery['state']): boolean {
  return state === 'pending' || state === 'claimed';
}

function settled(held: StoredDelivery, settlement: Settlement): StoredDelivery {
  switch (settlement.as) {
    case 'sent':
      return { ...held, state: 'sent', settledAt: settlement.at, payload: '{}', reason: null };
    case 'dead':
      return { ...held, state: 'dead', settledAt: settlement.at, reason: settlement.reason };
    case 'failed': {
      const { nextAt, reason } = settlement;
      return { ...held, state: 'pending', dueAt: nextAt, reason, attempts: held.attempts + 1 };
    }
    case 'waiting':
      return { ...held, state: 'pending', dueAt: settlement.until, reason: settlement.reason };
  }
}
