import { expect } from 'vitest';
import type { EventsInstallation } from './events-installation.ts';
import { eventually } from './eventually.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { lastingPort } from './servers/lasting-port.ts';

type Name = 'ingest' | 'scorer' | 'alerts';

/** Ingest, scorer and alerts of one installation, each as a process that can be killed and started again. */
export class KpiServices {
  readonly #installation: EventsInstallation;
  readonly #running = new Map<Name, ServiceProcess>();
  readonly #env: Readonly<Record<string, string>>;
  #ingestPort: string | null = null;

  constructor(installation: EventsInstallation) {
    this.#installation = installation;
    const { TIDEWATCH_SCORER_PORT: _, ...env } = installation.scorerEnv(installation.prefix);
    this.#env = env;
  }

  async start(name: Name): Promise<void> {
    // Senders come back to where ingest was.
    const free = name === 'ingest' ? (this.#ingestPort ??= await lastingPort()) : '0';
    const port = { [`TIDEWATCH_${name.toUpperCase()}_PORT`]: free };
    // Only the scorer may write under another prefix than it reads.
    const env = Object.entries({ ...this.#env, ...port }).filter(
      ([variable]) => name === 'scorer' || variable !== 'TIDEWATCH_OUTPUT_TOPIC_PREFIX',
    );
    this.#running.set(name, await startService(name, Object.fromEntries(env)));
  }

  urlOf(name: Name): string {
    return this.#running.get(name)?.url ?? '';
  }

  /** kill -9, and at once another one in its place; `meanwhile` none is at work. */
  async killAndStart(name: Name, meanwhile?: () => Promise<void>): Promise<void> {
    await this.#running.get(name)?.kill();
    await meanwhile?.();
    await this.start(name);
  }

  /** Waits until each group has committed the end of each of its topics, and goes on having done so. */
  async settled(): Promise<void> {
    const admin = this.#installation.client.admin();
    await admin.connect();
    const { prefix } = this.#installation;
    let before = '';
    const check = async (): Promise<void> => {
      const read: string[] = [];
      for (const { group, topics } of groupsOf(prefix)) {
        const committed = await admin.fetchOffsets({ groupId: `${prefix}${group}`, topics: [...topics] });
        for (const { topic, partitions } of committed) {
          for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
            const offset = partitions.find((each) => each.partition === partition)?.offset;
            if (high !== '0') expect(offset, `${group} on ${topic} ${partition}`).toBe(high);
            read.push(`${topic} ${partition} ${high}`);
          }
        }
      }
      const now = read.join('\n');
      const isSame = now === before;
      before = now;
      expect(isSame, 'nothing new has come').toBe(true);
    };
    try {
      await eventually(check, { timeoutMs: 400_000, intervalMs: 500 });
    } finally {
      await admin.disconnect();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#running.values(), (service) => service.stop()));
    this.#running.clear();
  }
}

function groupsOf(prefix: string) {
  const named = (...names: readonly string[]) => names.map((name) => prefix + name);
  return [
    { group: 'tidewatch.scorer', topics: named('customer.events.v1') },
    { group: 'tidewatch.kpis', topics: named('kpi.facts.v1') },
    { group: 'tidewatch.alerts', topics: named('customer.scores.v1', 'customer.events.v1', 'customer.segments.v1') },
  ];
}
