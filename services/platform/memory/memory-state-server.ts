import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import type { CustomerKey, StateStore, StateUpdate, StoredState } from '../../core/ports/state-store.ts';

/** A connection to one primary: it stays with the data it was opened on, whatever is promoted later. */
export type MemoryStateConnection = Pick<StateStore, 'load' | 'compareAndSet'> & CustomerIndex;

/** Failovers undo the newest writes; what is older than this many writes cannot be lost any more. */
const journalLimit = 1_024;

interface DataSet {
  readonly states: Map<string, StoredState>;
  readonly index: Map<string, ReadonlySet<string>>;
  /** How to take each write back in a copy of the data, oldest write first. */
  readonly journal: ((data: DataSet) => void)[];
}

/** Redis within the process as a failover makes it behave: acknowledged writes can be forgotten, newest first. */
export class MemoryStateServer {
  #primary: DataSet = { states: new Map(), index: new Map(), journal: [] };

  /** A connection to the primary of now. */
  connect(): MemoryStateConnection {
    const data = this.#primary;
    return {
      load: (keys) => Promise.resolve(keys.map((key) => copyOf(data.states.get(nameOf(key))))),
      compareAndSet: (updates) => Promise.resolve(updates.map((update) => write(data, update))),
      async add(partition, customers) {
        await Promise.resolve();
        addToIndex(data, partition, customers);
      },
      page: (...query) => Promise.resolve(pageOf(data, ...query)),
    };
  }

  /**
   * A replica that lacks the newest `lostWrites` writes becomes the primary. Older connections go on with the old
   * primary, where nothing that they write survives.
   */
  failOver(lostWrites: number): void {
    const { states, index, journal } = this.#primary;
    const kept = Math.max(0, journal.length - lostWrites);
    const promoted = { states: new Map(states), index: new Map(index), journal: journal.slice(0, kept) };
    for (const takeBack of journal.slice(kept).reverse()) takeBack(promoted);
    this.#primary = promoted;
  }

  /** States that the primary holds now. */
  snapshot(): ReadonlyMap<string, StoredState> {
    return new Map(this.#primary.states);
  }

  /** A primary that holds these states instead. */
  restore(snapshot: ReadonlyMap<string, StoredState>): void {
    this.#primary = { states: new Map(snapshot), index: new Map(this.#primary.index), journal: [] };
  }
}

function write(data: DataSet, { key, expectedVersion, version, bytes }: StateUpdate): boolean {
  const name = nameOf(key);
  const before = data.states.get(name);
  if ((before?.version ?? 0) !== expectedVersion) return false;
  data.states.set(name, { version, bytes: Buffer.from(bytes) });
  remember(data, ({ states }) => putBack(states, name, before));
  return true;
}

function addToIndex(data: DataSet, partition: number, customers: readonly CustomerKey[]): void {
  for (const { tenant, surrogate } of customers) {
    const name = `${partition}/${tenant}`;
    const before = data.index.get(name);
    if (before?.has(surrogate) === true) continue;
    data.index.set(name, new Set([...(before ?? []), surrogate]));
    remember(data, ({ index }) => putBack(index, name, before));
  }
}

function pageOf({ index }: DataSet, ...[partition, tenant, after, limit]: Parameters<CustomerIndex['page']>): string[] {
  const held = [...(index.get(`${partition}/${tenant}`) ?? [])].sort();
  return held.filter((surrogate) => after === null || surrogate > after).slice(0, limit);
}

function remember({ journal }: DataSet, takeBack: (data: DataSet) => void): void {
  journal.push(takeBack);
  if (journal.length > 2 * journalLimit) journal.splice(0, journal.length - journalLimit);
}

function putBack<T>(held: Map<string, T>, name: string, before: T | undefined): void {
  if (before === undefined) held.delete(name);
  else held.set(name, before);
}

function nameOf({ tenant, surrogate }: CustomerKey): string {
  return JSON.stringify([tenant, surrogate]);
}

function copyOf(state: StoredState | undefined): StoredState | null {
  return state === undefined ? null : { version: state.version, bytes: Buffer.from(state.bytes) };
}
