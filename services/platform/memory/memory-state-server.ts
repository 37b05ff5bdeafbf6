import type { CustomerKey, StateStore, StateUpdate, StoredState } from '../../core/ports/state-store.ts';

/** A connection to one primary: it stays with the data it was opened on, whatever is promoted later. */
export type MemoryStateConnection = Pick<StateStore, 'load' | 'compareAndSet'>;

/** Failovers undo the newest writes; what is older than this many writes cannot be lost any more. */
const journalLimit = 1_024;

interface Write {
  readonly name: string;
  readonly before: StoredState | undefined;
}

interface DataSet {
  readonly states: Map<string, StoredState>;
  readonly journal: Write[];
}

/** Redis within the process as a failover makes it behave: acknowledged writes can be forgotten, newest first. */
export class MemoryStateServer {
  #primary: DataSet = { states: new Map(), journal: [] };

  /** A connection to the primary of now. */
  connect(): MemoryStateConnection {
    const data = this.#primary;
    return {
      load: (keys) => Promise.resolve(keys.map((key) => copyOf(data.states.get(nameOf(key))))),
      compareAndSet: (updates) => Promise.resolve(updates.map((update) => write(data, update))),
    };
  }

  /**
   * A replica that lacks the newest `lostWrites` writes becomes the primary. Older connections go on with the old
   * primary, where nothing that they write survives.
   */
  failOver(lostWrites: number): void {
    const { states, journal } = this.#primary;
    const kept = new Map(states);
    for (const { name, before } of journal.slice(Math.max(0, journal.length - lostWrites)).reverse()) {
      if (before === undefined) kept.delete(name);
      else kept.set(name, before);
    }
    this.#primary = { states: kept, journal: journal.slice(0, Math.max(0, journal.length - lostWrites)) };
  }

  /** What the primary holds now. */
  snapshot(): ReadonlyMap<string, StoredState> {
    return new Map(this.#primary.states);
  }

  /** A primary that holds this instead. */
  restore(snapshot: ReadonlyMap<string, StoredState>): void {
    this.#primary = { states: new Map(snapshot), journal: [] };
  }
}

function write({ states, journal }: DataSet, { key, expectedVersion, version, bytes }: StateUpdate): boolean {
  const name = nameOf(key);
  const before = states.get(name);
  if ((before?.version ?? 0) !== expectedVersion) return false;
  states.set(name, { version, bytes: Buffer.from(bytes) });
  journal.push({ name, before });
  if (journal.length > 2 * journalLimit) journal.splice(0, journal.length - journalLimit);
  return true;
}

function nameOf({ tenant, surrogate }: CustomerKey): string {
  return JSON.stringify([tenant, surrogate]);
}

function copyOf(state: StoredState | undefined): StoredState | null {
  return state === undefined ? null : { version: state.version, bytes: Buffer.from(state.bytes) };
}
