import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import type { ClientLog, SentBatch, SentEvent } from './client-log.ts';
import type { OrderEvent } from '../wire/order-event.ts';
import { type WireProtocol, wireProtocols } from '../wire/wire-protocols.ts';

export interface OrderClientOptions {
  readonly name: string;
  readonly writeKey: string;
  /** Where ingest is. */
  readonly url: string;
  readonly random: SeededRandom;
  readonly log: ClientLog;
}

const users = 40;
const mostUnanswered = 4;
const day = 86_400_000;
const answerWithinMs = 12_000;

/**
 * Sends random batches in random protocols, one request at a time, and keeps what was not answered to send the very same
 * again: new orders, orders once more, other content under a known id, and what can never be accepted.
 */
export class OrderClient {
  readonly #options: OrderClientOptions;
  readonly #answered: SentBatch[] = [];
  #unanswered: SentBatch[] = [];
  #made = 0;

  constructor(options: OrderClientOptions) {
    this.#options = options;
  }

  get isDone(): boolean {
    return this.#unanswered.length === 0;
  }

  async sendUntil(isOver: () => boolean): Promise<void> {
    const { random } = this.#options;
    while (!isOver()) {
      const isFull = this.#unanswered.length >= mostUnanswered;
      const repeats = isFull || (!this.isDone && random.chance(300));
      const wasAnswered = await this.#send(repeats ? this.#unanswered.shift()! : this.#makeBatch());
      await pause(wasAnswered ? random.between(5, 30) : random.between(50, 150));
    }
  }

  /** Sends what is unanswered once more. */
  async settle(): Promise<void> {
    for (const batch of this.#unanswered.splice(0)) await this.#send(batch);
  }

  async #send(batch: SentBatch): Promise<boolean> {
    const body = await this.#post(batch);
    if (body === null) {
      this.#unanswered.push(batch);
      return false;
    }
    const again = this.#options.log.note(batch, body);
    if (again.length > 0) this.#unanswered.push({ ...batch, events: again });
    else this.#answered.push(batch);
    return true;
  }

  async #post({ protocol, events }: SentBatch): Promise<Parameters<ClientLog['note']>[1] | null> {
    const { url, writeKey, log } = this.#options;
    const { path, ...rest } = protocol.request(events.map(({ event }) => event), writeKey); // prettier-ignore
    try {
      const signal = AbortSignal.timeout(answerWithinMs);
      const answer = await fetch(url + path, { ...rest, redirect: 'manual', signal });
      const body = (await answer.json()) as object;
      if (answer.status === 200) return body;
      const wait = answer.headers.get('retry-after');
      if (answer.status !== 503 || !/^[1-9]\d*$/.test(wait ?? '')) {
        log.surprises.push(`${protocol.name} was answered ${answer.status}, wait ${wait}: ${JSON.stringify(body)}`);
      }
    } catch {
      // Its answer is lost with the process: it is sent again.
    }
    return null;
  }

  #makeBatch(): SentBatch {
    const { random } = this.#options;
    if (this.#answered.length > 0 && random.chance(200)) return this.#repeat(random.pick(this.#answered));
    const protocol = random.pick(wireProtocols);
    const events = Array.from({ length: random.between(1, protocol.most) }, () => this.#makeOrder(protocol));
    return { protocol, events };
  }

  /** A batch whose events were answered: as it was, or with other amounts. */
  #repeat({ protocol, events }: SentBatch): SentBatch {
    const { random } = this.#options;
    const good = events.filter(({ event, intent }) => event.user !== null && event.amountMinor !== null && intent !== 'other content'); // prettier-ignore
    if (good.length === 0 || random.chance(500)) {
      return { protocol, events: events.map((sent) => (sent.intent === 'order' ? { ...sent, intent: 'order again' } : sent)) }; // prettier-ignore
    }
    const changed = good.map(({ event }): SentEvent => {
      return { event: { ...event, amountMinor: (event.amountMinor ?? 0) + 1 }, intent: 'other content' };
    });
    return { protocol, events: changed };
  }

  #makeOrder(protocol: WireProtocol): SentEvent {
    const { name, random } = this.#options;
    const id = `${name}-${protocol.name}-${this.#made++}`;
    const user = random.chance(30) ? null : `u${random.below(users)}`;
    const amountMinor = random.chance(30) ? null : random.between(100, 20_000);
    const time = new Date(Date.now() - random.below(20) * day).toISOString();
    const event: OrderEvent = { id, user, amountMinor, time };
    return { event, intent: 'order' };
  }
}
