import { setInterval as every } from 'node:timers/promises';
import type { Score } from '../../../../services/core/scoring/score.ts';
import type { AlertsInstallation } from '../../../support/alerts-installation.ts';
import { eventually } from '../../../support/eventually.ts';
import type { ServiceProcess } from '../../../support/service-process.ts';
import type { SeededRandom } from '../../../support/simulation/seeded-random.ts';

const processes = 3;
const killEveryMs = 2_000;

/** Alerts as three processes of one group, one of which is killed every two seconds and started again at once. */
export class DisturbedAlerts {
  readonly #installation: AlertsInstallation;
  readonly #random: SeededRandom;
  readonly #ready = new Set<ServiceProcess>();
  readonly #starting = new Set<Promise<void>>();
  #fault: unknown = null;
  kills = 0;

  constructor(installation: AlertsInstallation, random: SeededRandom) {
    this.#installation = installation;
    this.#random = random;
  }

  async start(): Promise<void> {
    for (let i = 0; i < processes; i++) this.#startOne();
    await this.#allStarted();
  }

  /**
   * Every two seconds: publishes the next slice of scores and kills one of the processes, either at once or as the first
   * task of the slice comes out. Ends once all slices are published and read.
   */
  async readUnderFire(slices: readonly (readonly Score[])[]): Promise<void> {
    let next = 0;
    for await (const _ of every(killEveryMs)) {
      if (this.#fault !== null) throw this.#fault as Error;
      if (next >= slices.length && (await this.#installation.lag()) === 0) return;
      const before = await this.#installation.countTasks();
      if (next < slices.length) await this.#installation.publish(slices[next++]);
      if (this.#random.chance(700)) await this.#firstTask(before);
      await this.#killOne();
    }
  }

  /** A group that is about to share out its partitions anew publishes nothing for some seconds: it is killed all the same. */
  async #firstTask(before: number): Promise<void> {
    const moved = async () => {
      if ((await this.#installation.countTasks()) === before) throw new Error('no task is out yet');
    };
    await eventually(moved, { timeoutMs: killEveryMs / 4, intervalMs: 2 }).catch(() => undefined);
  }

  /** Asks all of them to drain. */
  async stop(): Promise<readonly (number | null)[]> {
    await this.#allStarted();
    const codes = await Promise.all([...this.#ready].map((service) => service.stop()));
    this.#ready.clear();
    return codes;
  }

  async #killOne(): Promise<void> {
    if (this.#ready.size === 0) return;
    const victim = this.#random.pick([...this.#ready]);
    this.#ready.delete(victim);
    await victim.kill();
    this.kills += 1;
    this.#startOne();
  }

  #startOne(): void {
    const starting = this.#installation.start().then(
      (service) => void this.#ready.add(service),
      (error: unknown) => (this.#fault ??= error),
    );
    const tracked = starting.then(() => void this.#starting.delete(tracked));
    this.#starting.add(tracked);
  }

  async #allStarted(): Promise<void> {
    await Promise.all(this.#starting);
    if (this.#fault !== null) throw this.#fault as Error;
  }
}
