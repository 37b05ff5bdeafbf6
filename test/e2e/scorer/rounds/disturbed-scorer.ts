import { expect } from 'vitest';
import { mixedEvent, type EventsInstallation } from '../../../support/events-installation.ts';
import { eventually } from '../../../support/eventually.ts';
import { type ServiceProcess, startService } from '../../../support/service-process.ts';
import type { KillableStack } from '../../../support/servers/killable-stack.ts';

export const disturbances = ['scorer killed', 'broker restarted', 'Redis restarted', 'failover to a replica'] as const;

export type Disturbance = (typeof disturbances)[number];

const slices = 30;
const eventsPerSlice = 12;
const customers = 60;

/** One scorer that lives through all rounds: each publishes events and disturbs it in their middle. */
export class DisturbedScorer {
  readonly #stack: KillableStack;
  readonly #events: EventsInstallation;
  readonly #twin: string;
  #scorer: ServiceProcess;
  #published = 100_000;
  /** Bytes of the replication stream that failovers lost. */
  lostBytes = 0;

  private constructor(stack: KillableStack, events: EventsInstallation, twin: string, scorer: ServiceProcess) {
    this.#stack = stack;
    this.#events = events;
    this.#twin = twin;
    this.#scorer = scorer;
  }

  static async start(stack: KillableStack, events: EventsInstallation, twin: string): Promise<DisturbedScorer> {
    return new DisturbedScorer(stack, events, twin, await startService('scorer', events.scorerEnv(twin)));
  }

  /** @param at slice of the events during which it happens */
  async round(disturbance: Disturbance, at: number): Promise<void> {
    let disturbed: Promise<void> = Promise.resolve();
    for (let slice = 0; slice < slices; slice++) {
      await this.publishSlice();
      if (slice === at % slices) disturbed = this.#disturb(disturbance);
    }
    await disturbed;
    await this.done();
  }

  /** Publishes until it is acknowledged: what is repeated stands twice in the log, for everybody who reads it. */
  async publishSlice(): Promise<void> {
    const records = Array.from({ length: eventsPerSlice }, () => mixedEvent(this.#published++, customers));
    await eventually(() => this.#events.publish(records), { timeoutMs: 60_000 });
  }

  async done(): Promise<void> {
    try {
      await eventually(() => this.#events.expectDone(this.#twin), { timeoutMs: 90_000, intervalMs: 100 });
    } catch (cause) {
      const readiness = await fetch(`${this.#scorer.url}/readyz`).then(
        (response) => response.text(),
        () => 'it does not answer',
      );
      throw new Error(`The scorer got no further: ${readiness}\n${this.#scorer.output().slice(-4_000)}`, { cause });
    }
  }

  async stop(): Promise<void> {
    expect(await this.#scorer.stop(), this.#scorer.output().slice(-3_000)).toBe(0);
  }

  async #disturb(disturbance: Disturbance): Promise<void> {
    const { broker, redis } = this.#stack;
    if (disturbance === 'scorer killed') {
      await this.#scorer.kill();
      this.#scorer = await startService('scorer', this.#events.scorerEnv(this.#twin));
    } else if (disturbance === 'broker restarted') {
      await broker.kill();
      await broker.start();
    } else if (disturbance === 'Redis restarted') {
      await redis.restart();
    } else {
      await redis.detachReplica();
      // What is published from here to the failover is what the replica never hears of. The rest of the round's events
      // may be out by now, so some more are published.
      for (let slice = 0; slice < 6; slice++) await this.publishSlice();
      this.lostBytes += (await redis.failOver()).lostBytes;
    }
  }
}
