import { EngineError } from '../../../services/core/errors.ts';
import type { ModelScorer } from '../../../services/core/ports/model-scorer.ts';
import type { MemoryLog } from '../../../services/platform/memory/memory-log.ts';
import type { MemoryStateServer } from '../../../services/platform/memory/memory-state-server.ts';
import type { MemoryLogSource } from '../../../services/platform/memory/memory-source.ts';
import { scorerTwin, twinTopics, type ScorerTwin } from '../scorer-twin.ts';
import { Network } from './network.ts';
import { nobody, type Scheduler } from './scheduler.ts';
import { simSink, simSource } from './sim-log.ts';
import { createSimStore, type SimStore } from './sim-store.ts';
import type { Call, CallForecast } from './weather.ts';

/** The world as one of its processes knows it. */
export interface SimSurroundings {
  readonly scheduler: Scheduler;
  readonly log: MemoryLog;
  readonly server: MemoryStateServer;
  readonly model: ModelScorer;
  forecast(call: Call): CallForecast;
  /** Called when a fault that it cannot go on from ended the process. */
  crashed(process: SimProcess, error: Error): void;
}

export interface ProcessSettings {
  readonly maxChunkRecords: number;
  readonly cacheCustomers: number;
  readonly partitionsConcurrently: number;
  readonly sweepPageSize: number;
  readonly sweepEveryMs: number;
}

const idleCheckMs = 5_000;
const sessionTimeoutMs = 30_000;

/** One scorer of the simulated world: what it computes is real, what it reaches outside is the world's. */
export class SimProcess {
  readonly id: number;
  readonly #world: SimSurroundings;
  readonly #network: Network;
  readonly #source: MemoryLogSource;
  readonly #store: SimStore;
  readonly #twin: ScorerTwin;
  readonly #sweepEveryMs: number;
  #idleChecks = 0;
  #isStopping = false;

  constructor(world: SimSurroundings, id: number, settings: ProcessSettings) {
    const { scheduler, log } = world;
    this.id = id;
    this.#world = world;
    this.#network = new Network(id, scheduler, (call) => world.forecast(call));
    this.#store = createSimStore(world.server, this.#network);
    const clock = scheduler.clockOf(id);
    const { maxChunkRecords, partitionsConcurrently } = settings;
    const reading = { topic: twinTopics.events, groupId: 'scorer', maxChunkRecords, partitionsConcurrently };
    this.#source = log.source({ ...reading, clock });
    this.#twin = scorerTwin(
      { log, store: this.#store, index: this.#store },
      {
        sink: simSink(log.sink(), this.#network, twinTopics.latest),
        source: simSource(this.#source, this.#network),
        clock,
        model: world.model,
        cacheCustomers: settings.cacheCustomers,
        sweepPageSize: settings.sweepPageSize,
      },
    );
    this.#sweepEveryMs = settings.sweepEveryMs;
    this.#source.onFatal((error) => world.crashed(this, error));
  }

  get isUp(): boolean {
    return !this.#network.isDown;
  }

  /** How often the process has compared the watermarks of its idle partitions. */
  get idleChecks(): number {
    return this.#idleChecks;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  start(): void {
    void this.#twin.runner.start();
    void this.#checkIdle();
    void this.#sweep();
  }

  /** As with `kill -9`: nothing of it goes on, and the group learns of it by the missing heartbeats. */
  kill(loses: () => boolean): void {
    this.#network.kill(loses);
    this.#source.kill();
    const { scheduler } = this.#world;
    scheduler.add({ owner: nobody, delayMs: sessionTimeoutMs, label: `session of process ${this.id} ends` }, () =>
      this.#source.lose(),
    );
  }

  /** As on SIGTERM: finishes what is under way, leaves the group, ends. */
  stop(): void {
    this.#isStopping = true;
    void this.#twin.runner.stop().then(() => this.#network.kill(() => false));
  }

  /** Its heartbeats do not arrive any more: the group goes on without it, and it does not know. */
  lose(): void {
    this.#source.lose();
  }

  reconnect(): void {
    this.#store.reconnect();
  }

  async #checkIdle(): Promise<void> {
    const clock = this.#world.scheduler.clockOf(this.id, true);
    while (this.isUp) {
      await clock.sleep(idleCheckMs);
      await this.#twin.checkIdle().catch(() => undefined);
      this.#idleChecks += 1;
    }
  }
  /** As the scorer's own sweeps: again and again, page by page, a failed one is tried again at the next turn. */
  async #sweep(): Promise<void> {
    const clock = this.#world.scheduler.clockOf(this.id, true);
    while (this.isUp) {
      await clock.sleep(this.#sweepEveryMs);
      for (const { partition } of this.#isStopping ? [] : this.#source.health()) {
        await this.#sweepPartition(partition).catch((error: unknown) => this.#sweepFailed(error));
      }
    }
  }

  async #sweepPartition(partition: number): Promise<void> {
    while (!this.#isStopping && (await this.#twin.sweepPage(partition)));
  }

  #sweepFailed(error: unknown): void {
    if (error instanceof EngineError && error.code === 'ERR_STATE_REGRESSED') this.#twin.forget();
    else if (!(error instanceof EngineError && error.retryable)) this.#world.crashed(this, error as Error);
  }
}
