import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { topicsWithPrefix } from '../../../../services/core/events/topics.ts';
import { featureReading } from '../../../../services/core/features/reads-features.ts';
import type { RecordCodec } from '../../../../services/core/ports/record-codec.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { createKafkaSink } from '../../../../services/platform/kafka/kafka-sink.ts';
import { readGroupPositions } from '../../../../services/platform/kafka/group-positions.ts';
import { type EventsInstallation, mixedEvent, provisionEvents } from '../../../support/events-installation.ts';
import { eventually } from '../../../support/eventually.ts';
import { type KillableStack, openKillableStack } from '../../../support/servers/killable-stack.ts';
import { type ServiceProcess, startService } from '../../../support/service-process.ts';
import { testPrefix } from '../../../support/test-prefix.ts';

/** What was seen of a scorer while something was away, and until it had caught up. */
export interface OutageReport {
  /** Most heap, external memory and buffers in use at a time, above the idle scorer's. */
  readonly grownBytes: number;
  /** Time from the beginning of the outage to the first answer "not ready"; null when there was none. */
  readonly unreadyAfterMs: number | null;
  readonly reasons: readonly string[];
}

interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

const customers = 400;
const sampleMs = 100;

/** A scorer on servers of its own, which a test takes away from it. */
export class OutageBench {
  readonly stack: KillableStack;
  readonly events: EventsInstallation;
  readonly twin: string;
  readonly #scorer: ServiceProcess;
  readonly #codec: RecordCodec<CustomerRecord>;
  readonly #expected = new Set<string>();
  #next = 200_000;

  private constructor(parts: {
    readonly stack: KillableStack;
    readonly events: EventsInstallation;
    readonly twin: string;
    readonly scorer: ServiceProcess;
    readonly codec: RecordCodec<CustomerRecord>;
  }) {
    this.stack = parts.stack;
    this.events = parts.events;
    this.twin = parts.twin;
    this.#scorer = parts.scorer;
    this.#codec = parts.codec;
  }

  static async open(): Promise<OutageBench> {
    const stack = await openKillableStack();
    const events = await provisionEvents({ customers: 60, events: 300, partitions: 3, stack: stack.addresses });
    const twin = testPrefix();
    const scorer = await startService('scorer', events.scorerEnv(twin));
    const codec = await events.registry.codec<CustomerRecord>(topicsWithPrefix(events.prefix).events, 'customer-event');
    return new OutageBench({ stack, events, twin, scorer, codec });
  }

  /** Ids of the events published through this bench that must have a score in the end. */
  get expectedEventIds(): ReadonlySet<string> {
    return this.#expected;
  }

  /** @param schemaId writes them under this id instead of the topic's own */
  async publish(count: number, schemaId?: number): Promise<void> {
    const records = Array.from({ length: count }, () => mixedEvent(this.#next++, customers));
    for (const record of records) if (featureReading(record) !== null) this.#expected.add(record.eventId);
    const topic = topicsWithPrefix(this.events.prefix).events;
    const sink = createKafkaSink({ client: this.events.client });
    await sink.publish(
      records.map((record) => {
        const value = this.#codec.encode(record);
        if (schemaId !== undefined) value.writeUInt32BE(schemaId, 1);
        return { topic, key: record.surrogate, value };
      }),
    );
    await sink.stop();
  }

  /** Takes something away for so long, brings it back, and watches the scorer until it has caught up. */
  async watchOutage(outage: {
    readonly forMs: number;
    begin(): Promise<void> | void;
    /** Once it is away. */
    meanwhile?(): Promise<void>;
    end(): Promise<void> | void;
  }): Promise<OutageReport> {
    await this.done();
    const idle = await this.#usedBytes();
    const seen = { most: idle, unreadyAt: null as number | null, reasons: new Set<string>(), isOver: false };
    await outage.begin();
    const beganAt = performance.now();
    const watching = this.#watch(seen);
    try {
      try {
        await outage.meanwhile?.();
        await pause(Math.max(0, outage.forMs - (performance.now() - beganAt)));
      } finally {
        await outage.end();
      }
      await this.done();
      await this.#readyAgain();
      return {
        grownBytes: seen.most - idle,
        unreadyAfterMs: seen.unreadyAt === null ? null : seen.unreadyAt - beganAt,
        reasons: [...seen.reasons],
      };
    } finally {
      seen.isOver = true;
      await watching;
    }
  }

  /** Records the scorer has not committed yet. */
  async lag(): Promise<number> {
    const topic = topicsWithPrefix(this.events.prefix).events;
    const admin = this.events.client.admin();
    await admin.connect();
    try {
      const positions = await readGroupPositions(admin, `${this.twin}tidewatch.scorer`, [topic]);
      return positions.reduce((sum, { committed, high }) => sum + high - (committed ?? 0), 0);
    } finally {
      await admin.disconnect();
    }
  }

  async done(): Promise<void> {
    await eventually(() => this.events.expectDone(this.twin), { timeoutMs: 120_000, intervalMs: 200 });
  }

  async close(): Promise<void> {
    await this.#scorer.kill();
    await this.events.remove();
    await this.stack.close();
  }

  /** True while the process that was started at first still runs. */
  isSameProcess(): boolean {
    return this.#scorer.child.exitCode === null && this.#scorer.child.signalCode === null;
  }

  async #watch(seen: { most: number; unreadyAt: number | null; reasons: Set<string>; isOver: boolean }): Promise<void> {
    while (!seen.isOver) {
      seen.most = Math.max(seen.most, await this.#usedBytes());
      const { ready, reasons } = await this.#readiness();
      if (!ready) seen.unreadyAt ??= performance.now();
      for (const reason of reasons) seen.reasons.add(reason.replace(/\d+/g, 'N'));
      await pause(sampleMs);
    }
  }

  async #readyAgain(): Promise<void> {
    await eventually(async () => expect(await this.#readiness()).toMatchObject({ ready: true }), { timeoutMs: 60_000 });
  }

  async #readiness(): Promise<Readiness> {
    return (await (await fetch(`${this.#scorer.url}/readyz`)).json()) as Readiness;
  }

  async #usedBytes(): Promise<number> {
    const text = await (await fetch(`${this.#scorer.url}/metrics`)).text();
    const valueOf = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return valueOf('nodejs_heap_size_used_bytes') + valueOf('nodejs_external_memory_bytes');
  }
}
