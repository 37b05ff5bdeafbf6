import type { PartitionHealth } from '../../core/ports/log.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { CatchUpEstimate } from './catch-up-estimate.ts';
import { createOffsetTracker } from './offset-tracker.ts';

/** The end of an idle partition is asked for every 5 seconds; what was heard longer ago may have changed since. */
const trustEndMs: DurationMs = 15_000;

/** What was seen of one owned partition, and since when it has not moved. */
export class PartitionProgress {
  readonly #topic: string;
  readonly #partition: number;
  readonly #done = createOffsetTracker(0);
  readonly #catchUp = new CatchUpEstimate();
  #isPositionKnown = false;
  #logId: string | null = null;
  #highWatermark = 0;
  #endHeardAt: EpochMs | null = null;
  #aliveAt: EpochMs;

  constructor(topic: string, partition: number, assignedAt: EpochMs) {
    this.#topic = topic;
    this.#partition = partition;
    this.#aliveAt = assignedAt;
  }

  /** First offset not done; null until the first record or the committed offset is known. */
  get position(): number | null {
    return this.#isPositionKnown ? this.#done.next() : null;
  }

  /** Takes over a position: the committed offset, or where a seek went to. */
  moveTo(offset: number): void {
    this.#isPositionKnown = true;
    this.#done.reset(offset);
    this.#catchUp.reset();
  }

  /**
   * What was handed out last, or is about to be, is of this log. In another one than before every offset means something
   * else: the position is then `first`.
   * @returns whether it is another one
   */
  isOfLog(logId: string | null, first: number): boolean {
    const isOther = this.#logId !== null && logId !== null && logId !== this.#logId;
    this.#logId = logId ?? this.#logId;
    if (!isOther) return false;
    this.#highWatermark = first;
    this.moveTo(first);
    return true;
  }

  /** Whether the partition was found to be of another log than `logId` since; offsets of that one mean nothing any more. */
  hasLeft(logId: string | null): boolean {
    return logId !== null && this.#logId !== null && logId !== this.#logId;
  }

  /** Offsets `from` up to but not including `to` are done. */
  finished(from: number, to: number, now: EpochMs): void {
    if (!this.#isPositionKnown || from > this.#done.next()) this.moveTo(from);
    this.#done.finish(from, to);
    this.#aliveAt = now;
    this.#note(now);
  }

  /** The broker says where the partition ends; with nothing left to do, that is as good as progress. */
  observed(highWatermark: number, now: EpochMs): void {
    this.#highWatermark = Math.max(this.#highWatermark, highWatermark);
    this.#endHeardAt = now;
    if (this.#isPositionKnown && this.#lag() === 0) this.#aliveAt = now;
    this.#note(now);
  }

  health(now: EpochMs): PartitionHealth {
    const offset = this.#done.next();
    return {
      topic: this.#topic,
      partition: this.#partition,
      offset,
      lag: this.#knownLag(now),
      ageMs: Math.max(0, now - this.#aliveAt),
      catchUpSeconds: this.#isPositionKnown ? this.#catchUp.seconds(offset, this.#end(), now) : null,
    };
  }

  /** What is to be done stays to be done, whoever is silent; that nothing is left must have been heard. */
  #knownLag(now: EpochMs): number | null {
    const lag = this.#lag();
    const isHeard = this.#isPositionKnown && this.#endHeardAt !== null && now - this.#endHeardAt <= trustEndMs;
    return lag > 0 || isHeard ? lag : null;
  }

  #lag(): number {
    return this.#isPositionKnown ? this.#end() - this.#done.next() : 0;
  }

  /** The end as last heard of; what was handled since lies before it in any case. */
  #end(): number {
    return Math.max(this.#highWatermark, this.#done.next());
  }

  #note(now: EpochMs): void {
    if (this.#isPositionKnown) this.#catchUp.note(this.#done.next(), this.#end(), now);
  }
}
