import { expect } from 'vitest';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { EventsInstallation } from './events-installation.ts';
import { eventually } from './eventually.ts';
import type { KpiServices } from './kpi-services.ts';
import { lapseOpenClaims } from './lapse-open-claims.ts';
import { openRedis } from './open-redis.ts';

const connections = 4;
const requestsPerStretch = 12;
const mostEventsPerRequest = 500;
const answerWithinMs = 20_000;

type Batch = readonly CustomerRecord[];

/**
 * A sender of events that talks to a running ingest in its own protocol, over several connections at once. What got no answer
 * is sent again, word for word, until it has one.
 */
export class KpiSender {
  readonly #installation: EventsInstallation;
  readonly #services: KpiServices;
  readonly #sent = new Map<string, CustomerRecord>();
  /** Requests that got no answer, or were asked to come again. */
  unanswered = 0;
  /** Events that ingest has answered for, copies included. */
  answered = 0;

  constructor(installation: EventsInstallation, services: KpiServices) {
    this.#installation = installation;
    this.#services = services;
  }

  /**
   * Sends events in three stretches; in the middle of the second one ingest is killed and started again. What takes an event
   * back comes from no sender: it goes to the log after the stretch in which it stands.
   */
  async sendAll(records: readonly CustomerRecord[]): Promise<void> {
    const length = Math.ceil(records.length / 3);
    for (const stretch of [0, 1, 2]) {
      const within = records.slice(stretch * length, (stretch + 1) * length);
      await this.#send(within.filter(({ kind }) => kind === 'event'), { isKilled: stretch === 1 }); // prettier-ignore
      await this.#installation.publish(within.filter(({ kind }) => kind !== 'event'));
    }
  }

  /** Fails unless each event sent was written as it was meant, and nothing else was written. */
  expectWritten(records: readonly CustomerRecord[]): void {
    const written = records.filter(({ planVersion }) => planVersion !== null);
    const tell = (all: Iterable<CustomerRecord>) => new Map(Array.from(all, (record) => [record.eventId, meaningOf(record)])); // prettier-ignore
    expect(tell(written)).toEqual(tell(this.#sent.values()));
  }

  async #send(events: readonly CustomerRecord[], { isKilled }: { readonly isKilled: boolean }): Promise<void> {
    const batches = inBatches(events);
    const wanted = batches.length;
    const unanswered: Batch[] = [];
    const restarts: Promise<void>[] = [];
    const work = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        if (!(await this.#post(batch))) unanswered.push(batch);
        // The other connections wait for answers now, and this one sends on into the void.
        const isTime = isKilled && batches.length <= wanted / 2 && restarts.length === 0;
        if (isTime) restarts.push(this.#killIngest());
      }
    };
    await Promise.all(Array.from({ length: connections }, work));
    await Promise.all(restarts);
    await this.#sendAgain(unanswered);
  }

  async #sendAgain(unanswered: Batch[]): Promise<void> {
    await eventually(
      async () => {
        const again = unanswered.splice(0);
        for (const batch of again) if (!(await this.#post(batch))) unanswered.push(batch);
        // A claim may have reached Redis after its process was killed; nothing else is being written now.
        if (unanswered.length > 0) await this.#lapseClaims();
        expect(unanswered).toHaveLength(0);
      },
      { intervalMs: 200 },
    );
  }

  /** Whether ingest has answered for all of the events. */
  async #post(events: Batch): Promise<boolean> {
    for (const event of events) this.#sent.set(event.eventId, event);
    const answer = await fetch(`${this.#services.urlOf('ingest')}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-write-key': this.#installation.writeKey },
      body: JSON.stringify({ events: events.map(toPlainEvent) }),
      signal: AbortSignal.timeout(answerWithinMs),
    })
      .then(async (response) => ({ status: response.status, body: (await response.json()) as object }))
      .catch(() => null);
    if (answer === null || answer.status === 503) {
      this.unanswered += 1;
      return false;
    }
    expect(answer).toMatchObject({ status: 200, body: { counts: { rejected: 0, conflict: 0, suppressed: 0 } } });
    this.answered += events.length;
    return true;
  }

  #killIngest(): Promise<void> {
    return this.#services.killAndStart('ingest', () => this.#lapseClaims());
  }

  async #lapseClaims(): Promise<void> {
    const { prefix } = this.#installation;
    const redis = await openRedis(prefix);
    try {
      await lapseOpenClaims({ prefix, redis });
    } finally {
      await redis.redis.close();
    }
  }
}

function inBatches(events: readonly CustomerRecord[]): Batch[] {
  const size = Math.min(mostEventsPerRequest, Math.max(1, Math.ceil(events.length / requestsPerStretch)));
  const count = Math.ceil(events.length / size);
  return Array.from({ length: count }, (_, i) => events.slice(i * size, (i + 1) * size));
}

/** An event as a shop would send it, of a customer whom it knows by the surrogate. */
function toPlainEvent(record: CustomerRecord): object {
  const { eventId: id, type, surrogate, occurredAt: time, channel, amountMinor, currency, region, store } = record;
  const properties = Object.fromEntries(record.attributes.map(({ name, value }) => [name, value]));
  const money = amountMinor === null ? {} : { amount: amountMinor / 100, currency };
  return { id, type, userId: `~${surrogate}`, time, channel, region, store, ...money, properties };
}

/** What KPIs may read of an event; -0 is none. */
function meaningOf(record: CustomerRecord) {
  const { type, source, surrogate, occurredAt, channel, region, store, attributes } = record;
  const amountMinor = record.reportingAmountMinor === null ? null : record.reportingAmountMinor + 0;
  return { type, source, surrogate, occurredAt, channel, region, store, amountMinor, attributes };
}
