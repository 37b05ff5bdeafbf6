import { spreadPartitions } from '../../core/events/spread-partitions.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DurationMs } from '../../core/units.ts';

/** A source as its group sees it. */
export interface GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  /** Whether it has stopped or failed for good. */
  isGone(): boolean;
  /** Begin no further chunk; resolves when none is under way, null when none is now. */
  drain(): Promise<void> | null;
  /** Work on these partitions in this generation. */
  assign(generation: number, assignment: Readonly<Record<string, readonly number[]>>): void;
  /** The group went on without this member, which may still work on a chunk. */
  evict(): void;
}

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface MemoryGroupOptions {
  readonly partitionsOf: (topic: string) => readonly number[];
  readonly clock: Clock;
  /** How long the group waits for a member that still works. */
  readonly rebalanceTimeoutMs: DurationMs;
  /** How long a member that the group went on without does not know it. */
  readonly noticeMs: DurationMs;
}

/** A consumer group: who owns which partition in which generation, and what is committed. */
export class MemoryGroup {
  readonly #options: MemoryGroupOptions;
  readonly #committed = new Map<string, number>();
  #members: GroupMember[] = [];
  #generation = 0;
  #rebalancing: Promise<void> = Promise.resolve();

  constructor(options: MemoryGroupOptions) {
    this.#options = options;
  }

  get generation(): number {
    return this.#generation;
  }

  join(member: GroupMember): Promise<void> {
    return this.#change(() => {
      // It may have ended while it waited to be let in.
      if (!member.isGone()) this.#members = [...this.#members, member];
    });
  }

  leave(member: GroupMember): Promise<void> {
    return this.#change(() => {
      this.#members = this.#members.filter((other) => other !== member);
    });
  }

  has(member: GroupMember): boolean {
    return this.#members.includes(member);
  }

  /** First offset not done; null where nothing was committed. */
  committed(topic: string, partition: number): number | null {
    return this.#committed.get(keyOf(topic, partition)) ?? null;
  }

  /** @returns false, with nothing committed, for a member that is not of the current generation */
  commit(member: GroupMember, generation: number, at: TopicPartition, nextOffset: number): boolean {
    if (generation !== this.#generation || !this.has(member)) return false;
    this.#committed.set(keyOf(at.topic, at.partition), nextOffset);
    return true;
  }

  /** The group hears nothing of this member any more and goes on without it; the member may be alive and at work. */
  expel(member: GroupMember): void {
    if (!this.has(member)) return;
    this.#remove(member);
    void this.#change(() => undefined);
  }

  /** Drops what was committed of a topic. */
  forget(topic: string): void {
    for (const key of this.#committed.keys()) if (key.endsWith(`/${topic}`)) this.#committed.delete(key);
  }

  /** Changes follow each other: each waits for the work under way and begins a new generation. */
  #change(change: () => void): Promise<void> {
    this.#rebalancing = this.#rebalancing.then(async () => {
      const before = this.#members;
      change();
      await Promise.all(before.filter((member) => this.has(member)).map((member) => this.#drain(member)));
      this.#generation += 1;
      this.#assign();
    });
    return this.#rebalancing;
  }

  async #drain(member: GroupMember): Promise<void> {
    const { clock, rebalanceTimeoutMs } = this.#options;
    const draining = member.drain();
    if (draining === null) return;
    const timeout = clock.sleep(rebalanceTimeoutMs).then(() => false);
    if (await Promise.race([draining.then(() => true), timeout])) return;
    if (this.has(member)) this.#remove(member);
  }

  #remove(member: GroupMember): void {
    const { clock, noticeMs } = this.#options;
    this.#members = this.#members.filter((other) => other !== member);
    const notice = (): void => {
      if (!this.has(member)) member.evict();
    };
    if (noticeMs === 0) notice();
    else void clock.sleep(noticeMs).then(notice);
  }

  #assign(): void {
    const members = [...this.#members].sort((a, b) => (a.id < b.id ? -1 : 1));
    const topics = new Set(members.flatMap((member) => member.topics));
    const partitions = new Map([...topics].map((topic) => [topic, this.#options.partitionsOf(topic)]));
    const spread = spreadPartitions(
      members.map((member) => member.id),
      partitions,
    );
    spread.forEach(({ assignment }, index) => members[index].assign(this.#generation, assignment));
  }
}

function keyOf(topic: string, partition: number): string {
  return `${partition}/${topic}`;
}
