import type { SimProcess } from './sim-process.ts';
import type { SimWorld } from './sim-world.ts';
import { nobody } from './scheduler.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Fate, Weather } from './weather.ts';

/** How often something goes wrong. Rates of calls are per thousand calls, the others per thousand steps. */
export interface ChaosRates {
  readonly lost: number;
  readonly half: number;
  readonly unheard: number;
  readonly late: number;
  /** Requests or answers that take up to two minutes. */
  readonly slow: number;
  readonly kills: number;
  readonly zombies: number;
  readonly joins: number;
  readonly leaves: number;
  readonly failovers: number;
  readonly reconnects: number;
}

const mostProcesses = 3;
const slowMs = 120_000;

/** Calls that fail and dawdle at the given rates. */
export function stormyWeather(random: SeededRandom, rates: ChaosRates): Weather {
  const fate = (): Fate => {
    const draw = random.below(1_000);
    if (draw < rates.lost) return 'lost';
    if (draw < rates.lost + rates.half) return 'half';
    if (draw < rates.lost + rates.half + rates.unheard) return 'unheard';
    return draw < rates.lost + rates.half + rates.unheard + rates.late ? 'late' : 'ok';
  };
  const delay = (): number => (random.chance(rates.slow) ? random.below(slowMs) : random.below(5));
  return () => ({ fate: fate(), requestMs: delay(), replyMs: delay() });
}

/** What happens to a world besides failing calls, between any two of its steps. */
export class Chaos {
  readonly #world: SimWorld;
  readonly #random: SeededRandom;
  readonly #rates: ChaosRates;

  constructor(world: SimWorld, random: SeededRandom, rates: ChaosRates) {
    this.#world = world;
    this.#random = random;
    this.#rates = rates;
  }

  startProcess(): void {
    this.#world.startProcess({
      maxChunkRecords: this.#random.between(1, 9),
      cacheCustomers: this.#random.pick([0, 2, 1_000]),
      partitionsConcurrently: this.#random.between(1, 4),
      sweepPageSize: this.#random.between(1, 3),
      sweepEveryMs: this.#random.pick([1_000, 4_000, 9_000]),
    });
  }

  /** A topic has grown: its readers see that when they are assigned anew. */
  grew(): void {
    this.startProcess();
  }

  strike(): void {
    const random = this.#random;
    const rates = this.#rates;
    const { processes } = this.#world;
    if (random.chance(rates.joins) && processes.length < mostProcesses) this.startProcess();
    if (random.chance(rates.failovers)) this.#failOver();
    if (processes.length === 0) return;
    if (random.chance(rates.kills)) this.#kill(random.pick(processes));
    if (random.chance(rates.zombies)) this.#world.lose(random.pick(processes));
    if (random.chance(rates.reconnects)) this.#world.reconnect(random.pick(processes));
    if (random.chance(rates.leaves)) this.#stop(random.pick(processes));
  }

  #kill(process: SimProcess): void {
    this.#world.kill(process);
    this.#startLater();
  }

  #stop(process: SimProcess): void {
    if (process.isStopping) return;
    this.#world.scheduler.note(`process ${process.id} is asked to stop`);
    process.stop();
    this.#startLater();
  }

  #startLater(): void {
    const delayMs = this.#random.pick([0, 10, 1_000, 40_000]);
    this.#world.scheduler.add({ owner: nobody, delayMs, label: 'a process starts' }, () => this.startProcess());
  }

  #failOver(): void {
    const random = this.#random;
    const lostWrites = random.pick([0, 1, 2, random.below(6), random.below(12), 1_000]);
    const together = random.chance(500);
    this.#world.failOver(lostWrites, () => (together ? 0 : random.below(3_000)));
  }
}
