/**
 * One piece of work at a time per partition: chunks from the log and sweeps between them. Different partitions do not
 * wait for each other.
 */
export class PartitionLanes {
  readonly #last = new Map<number, Promise<unknown>>();

  /** Begins `work` when everything handed in before for the partition has ended, well or not. */
  run<T>(partition: number, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(partition);
    const running = before === undefined ? work() : before.then(work, work);
    const ended = running.catch(() => undefined);
    this.#last.set(partition, ended);
    void ended.then(() => {
      if (this.#last.get(partition) === ended) this.#last.delete(partition);
    });
    return running;
  }
}
