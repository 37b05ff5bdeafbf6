import { EngineError, type ErrorCode } from '../../../services/core/errors.ts';
import type { Scheduler } from './scheduler.ts';
import type { CallName, Weather } from './weather.ts';

export interface CallWishes<T> {
  readonly name: CallName;
  /** The fault that a caller sees who hears no answer. */
  readonly failsWith: ErrorCode;
  /** What happens on the other side. */
  readonly effect: () => Promise<T>;
  /** What happens there when only a part of the batch arrives; nothing does where a call has no parts. */
  readonly partialEffect?: () => Promise<unknown>;
  /** Asked when the answer arrives: whether the connection it would come by was cut. */
  readonly isCut?: () => boolean;
  /** Goes over a connection whose requests are worked off in their order: none comes after a later one. */
  readonly isOrdered?: boolean;
}

/**
 * What lies between one process and everything outside it. A call is two tasks: the request arrives, the answer
 * arrives. A process that was killed makes no further call and hears no answer; what it sent may still arrive.
 */
export class Network {
  readonly process: number;
  readonly #scheduler: Scheduler;
  readonly #weather: Weather;
  #isDown = false;

  constructor(process: number, scheduler: Scheduler, weather: Weather) {
    this.process = process;
    this.#scheduler = scheduler;
    this.#weather = weather;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  call<T>(wishes: CallWishes<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // The continuation of a killed process never runs.
    if (this.#isDown) return promise;
    const { name, effect, partialEffect } = wishes;
    const { fate, requestMs, replyMs } = this.#weather({ process: this.process, name });
    const fail = (): void => {
      reject(new EngineError(wishes.failsWith, `The simulated call "${name}" met: ${fate}.`, { retryable: true }));
    };
    const reply = (what: string, answer: () => void): void => {
      this.#later(`reply: ${name} ${what}`, replyMs, answer);
    };
    const arrive = (act: () => Promise<unknown>): void =>
      this.#later(`request: ${name}${fate === 'ok' ? '' : ` (${fate})`}`, requestMs, () => void act());
    if (fate === 'ok') {
      arrive(() =>
        effect().then(
          (value) => reply('answered', () => (wishes.isCut?.() === true ? fail() : resolve(value))),
          (error: unknown) => reply('refused', () => reject(error)),
        ),
      );
    } else if (fate === 'late' && wishes.isOrdered !== true) {
      reply('failed', fail);
      this.#later(`request: ${name} (late)`, replyMs + requestMs, () => void effect().catch(() => undefined));
    } else {
      arrive(async () => {
        const act = fate === 'unheard' ? effect : fate === 'half' ? partialEffect : undefined;
        await act?.().catch(() => undefined);
        reply('failed', fail);
      });
    }
    return promise;
  }

  /** @param loses whether a request under way does not arrive */
  kill(loses: () => boolean): void {
    this.#isDown = true;
    this.#scheduler.drop(this.process, (label) => label.startsWith('request') && !loses());
  }

  #later(label: string, delayMs: number, run: () => void): void {
    if (this.#isDown && label.startsWith('reply')) return;
    this.#scheduler.add({ owner: this.process, delayMs, label }, run);
  }
}
