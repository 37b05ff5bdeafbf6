import type { ModelScorer } from '../../../services/core/ports/model-scorer.ts';
import type { OutgoingRecord } from '../../../services/core/ports/log.ts';
import { createMemoryLog, type MemoryLog } from '../../../services/platform/memory/memory-log.ts';
import { MemoryStateServer } from '../../../services/platform/memory/memory-state-server.ts';
import {
  decodePartitionControl,
  emptyPartitionControl,
  partitionControlKey,
} from '../../../services/scorer/partition-control.ts';
import { testModel, twinTopics } from '../scorer-twin.ts';
import type { SimHistory } from './sim-history.ts';
import { SimProcess, type ProcessSettings } from './sim-process.ts';
import { nobody, Scheduler } from './scheduler.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Call, CallForecast, Weather } from './weather.ts';

const model = testModel();

/** Steps after which a world that is left in peace must have come to rest. */
const mostCalmSteps = 40_000;
/** Rounds of idle checks in a row that change nothing. */
const calmIdleChecks = 2;
const mostIdleChecks = 120;

export interface SimTally {
  kills: number;
  failovers: number;
  zombies: number;
  reconnects: number;
  failedCalls: number;
}

/** A broker, a store, and scorers that come and go; all of it moves by the scheduler alone. */
export class SimWorld {
  readonly scheduler: Scheduler;
  readonly log: MemoryLog;
  readonly server = new MemoryStateServer();
  readonly model: ModelScorer = model;
  readonly history: SimHistory;
  readonly tally: SimTally = { kills: 0, failovers: 0, zombies: 0, reconnects: 0, failedCalls: 0 };
  /** Faults that ended a process and that no plan of the world explains. */
  readonly crashes: string[] = [];
  weather: Weather;
  readonly #random: SeededRandom;
  readonly #processes: SimProcess[] = [];
  #published = 0;
  #partitions: number;

  constructor(options: {
    readonly random: SeededRandom;
    readonly history: SimHistory;
    readonly trace?: string[] | null;
    readonly rebalanceTimeoutMs?: number;
    readonly noticeMs?: number;
  }) {
    const { random, history, trace = null, rebalanceTimeoutMs = 60_000, noticeMs = 3_000 } = options;
    this.#random = random;
    this.history = history;
    this.scheduler = new Scheduler(random, trace);
    const clock = this.scheduler.clockOf(nobody);
    const topics = Object.values(twinTopics);
    this.log = createMemoryLog({ partitions: history.partitions, topics, clock, rebalanceTimeoutMs, noticeMs });
    this.#partitions = history.partitions;
    this.weather = () => ({ fate: 'ok', requestMs: random.below(4), replyMs: random.below(4) });
  }

  /** Processes that run, those that are about to end included. */
  get processes(): readonly SimProcess[] {
    return this.#processes.filter((process) => process.isUp);
  }

  get hasMore(): boolean {
    return this.#published < this.history.records.length;
  }

  forecast(call: Call): CallForecast {
    const forecast = this.weather(call);
    if (forecast.fate !== 'ok') this.tally.failedCalls += 1;
    return forecast;
  }

  startProcess(settings: ProcessSettings): SimProcess {
    const process = new SimProcess(this, this.#processes.length, settings);
    this.scheduler.note(`process ${process.id} starts, ${JSON.stringify(settings)}`);
    this.#processes.push(process);
    process.start();
    return process;
  }

  /** @param losesRequests whether what it sent does not arrive; left to chance when absent */
  kill(process: SimProcess, losesRequests?: boolean): void {
    this.tally.kills += 1;
    this.scheduler.note(`process ${process.id} is killed`);
    process.kill(() => losesRequests ?? this.#random.chance(500));
  }

  /** A process that its own fault ended: the supervisor sees its exit code. */
  crashed(process: SimProcess, error: Error): void {
    this.scheduler.note(`process ${process.id} ended by itself: ${error.message}`);
    this.crashes.push(error.message);
    process.kill(() => false);
  }

  lose(process: SimProcess): void {
    this.tally.zombies += 1;
    this.scheduler.note(`process ${process.id} is taken for dead`);
    process.lose();
  }

  reconnect(process: SimProcess): void {
    this.tally.reconnects += 1;
    this.scheduler.note(`process ${process.id} has a new connection to the store`);
    process.reconnect();
  }

  /** @param noticeMs how long each process goes on with the old primary */
  failOver(lostWrites: number, noticeMs: () => number): void {
    this.tally.failovers += 1;
    this.scheduler.note(`the store fails over and forgets ${lostWrites} writes`);
    this.server.failOver(lostWrites);
    for (const process of this.processes) {
      const label = `process ${process.id} meets the new primary`;
      const delayMs = noticeMs();
      if (delayMs === 0) this.reconnect(process);
      else this.scheduler.add({ owner: nobody, delayMs, label }, () => this.reconnect(process));
    }
  }

  /** Appends the next records of the history to the log. @returns whether the topics have grown meanwhile */
  async publish(count = this.history.records.length): Promise<boolean> {
    const { records, growth } = this.history;
    const before = this.#published;
    this.#published = Math.min(records.length, before + count);
    const grows = growth !== null && before <= growth.at && growth.at < this.#published;
    this.scheduler.note(`${this.#published - before} records are published${grows ? ', the topics grow' : ''}`);
    const next: OutgoingRecord[] = records.slice(before, this.#published);
    if (!grows) {
      await this.log.sink().publish(next);
      return false;
    }
    await this.log.sink().publish(next.slice(0, growth.at - before));
    this.#partitions = growth.partitions;
    for (const topic of Object.values(twinTopics)) this.log.addPartitions(topic, growth.partitions);
    await this.log.sink().publish(next.slice(growth.at - before));
    return true;
  }

  /** Runs without further trouble until everything is done and stays so. @returns why it did not come to rest, or null */
  async settle(): Promise<string | null> {
    const { scheduler } = this;
    const lastStep = scheduler.steps + mostCalmSteps;
    const since = new Map(this.processes.map((process) => [process, process.idleChecks]));
    const checksOf = (process: SimProcess): number => process.idleChecks - (since.get(process) ?? 0);
    while (scheduler.steps < lastStep) {
      if (scheduler.isAtRest()) {
        const rounds = Math.min(...this.processes.map(checksOf));
        const problem = await this.#unfinished();
        if (problem === null && rounds >= calmIdleChecks) return null;
        if (problem !== null && rounds >= mostIdleChecks) return problem;
      }
      if (!(await scheduler.step())) return 'no process runs any more';
    }
    return `the world was still busy after ${mostCalmSteps} steps`;
  }

  /** What stands on a partition is done when it is committed and the watermark in the store has reached it. */
  async #unfinished(): Promise<string | null> {
    const ends = Array.from({ length: this.#partitions }, () => 0);
    for (const { partition } of this.log.records(twinTopics.events)) ends[partition] += 1;
    const stored = await this.server.connect().load(ends.map((_, partition) => partitionControlKey(partition)));
    for (const [partition, end] of ends.entries()) {
      const committed = this.log.committed('scorer', twinTopics.events, partition) ?? 0;
      const found = stored[partition];
      const control = found === null ? emptyPartitionControl() : decodePartitionControl(found.bytes, found.version);
      const { watermark, pendingDays } = control;
      if (pendingDays.length > 0) return `partition ${partition} has ${pendingDays.length} days that nobody sweeps`;
      if (committed !== end || watermark !== end - 1)
        return `partition ${partition} ends at ${end}, is committed up to ${committed}, stored up to ${watermark}`;
    }
    return null;
  }
}
