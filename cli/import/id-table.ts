import { hash } from 'node:crypto';

/** Marks of a slot: an id is there, and it was found on the topic. */
const present = 1;
const found = 2;

/**
 * Event ids with the amount of each, some 18 bytes per id: a million rows must fit into little memory. Ids are known by
 * 64 bits of SHA-1; for ten million of them the chance that any two are taken for one is below 10^-5.
 */
export class IdTable {
  readonly #mask: number;
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  readonly #amounts: Float64Array;
  readonly #kinds: Uint8Array;
  readonly #marks: Uint8Array;
  #size = 0;

  /** @param capacity most ids there can be */
  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 1.5)));
    this.#mask = slots - 1;
    this.#low = new Uint32Array(slots);
    this.#high = new Uint32Array(slots);
    this.#amounts = new Float64Array(slots);
    this.#kinds = new Uint8Array(slots);
    this.#marks = new Uint8Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds an id; one that is there already stays as it is. @returns whether it is new */
  add(id: string, kind: number, amount: number): boolean {
    const [slot, low, high] = this.#slotOf(id);
    if (this.#marks[slot] !== 0) return false;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#kinds[slot] = kind;
    this.#amounts[slot] = amount;
    this.#marks[slot] = present;
    this.#size += 1;
    return true;
  }

  /** What was added under an id, and whether this is the first time it is found; null when it was not added. */
  find(id: string): { readonly kind: number; readonly amount: number; readonly isFirst: boolean } | null {
    const [slot] = this.#slotOf(id);
    if (this.#marks[slot] === 0) return null;
    const isFirst = this.#marks[slot] === present;
    this.#marks[slot] = found;
    return { kind: this.#kinds[slot], amount: this.#amounts[slot], isFirst };
  }

  #slotOf(id: string): [slot: number, low: number, high: number] {
    const digest = hash('sha1', id, 'buffer');
    const low = digest.readUInt32LE(0);
    const high = digest.readUInt32LE(4);
    let slot = low & this.#mask;
    while (this.#marks[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & this.#mask;
    }
    return [slot, low, high];
  }
}
