import type { Message, TopicMessages } from 'kafkajs';
import type { EngineError } from '../../core/errors.ts';
import { GroupedMessages } from './grouped-messages.ts';

/** A message with its topic and its size on the wire. */
export interface SizedMessage {
  readonly topic: string;
  readonly message: Message;
  readonly bytes: number;
}

interface Job {
  readonly parts: readonly (readonly SizedMessage[])[];
  sent: number;
  alone: boolean;
  readonly resolve: () => void;
  readonly reject: (error: EngineError) => void;
}

/** Parts of several jobs that travel in one request. */
interface Shipment {
  readonly messages: SizedMessage[];
  readonly shares: Map<Job, number>;
}

/** @param topics those of the request that failed */
type Translate = (error: unknown, topics: readonly string[]) => EngineError;

/** Together below what one partition accepts in one request (1 MB), whatever partitions the parts go to. */
const maxShipmentBytes = 768 * 1024;
const maxShipmentRecords = 2_000;

/**
 * Sends jobs in the order they came, one request at a time; jobs that wait meanwhile share the next request. Order per
 * partition is therefore the order of the calls, whatever is repeated underneath.
 */
export class SendQueue {
  readonly #send: (topicMessages: TopicMessages[]) => Promise<void>;
  readonly #translate: Translate;
  #jobs: Job[] = [];
  #pumping: Promise<void> | null = null;

  constructor(send: (topicMessages: TopicMessages[]) => Promise<void>, translate: Translate) {
    this.#send = send;
    this.#translate = translate;
  }

  /** Resolves when every part is acknowledged. After a failed part the rest of the job is not sent. */
  add(parts: readonly (readonly SizedMessage[])[]): Promise<void> {
    const { promise, resolve, reject }: PromiseWithResolvers<void> = Promise.withResolvers();
    this.#jobs.push({ parts, sent: 0, alone: false, resolve, reject });
    this.#pumping ??= this.#pump();
    return promise;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#pumping !== null) await this.#pumping;
  }

  async #pump(): Promise<void> {
    // Calls made in the same turn join the first request.
    await Promise.resolve();
    while (this.#jobs.length > 0) await this.#ship(this.#load());
    this.#pumping = null;
  }

  async #ship({ messages, shares }: Shipment): Promise<void> {
    try {
      await this.#send(groupByTopic(messages));
    } catch (error) {
      const topics = [...new Set(messages.map(({ topic }) => topic))];
      this.#failed(shares, this.#translate(error, topics));
      return;
    }
    for (const [job, parts] of shares) {
      job.sent += parts;
      if (job.sent < job.parts.length) continue;
      this.#drop(job);
      job.resolve();
    }
  }

  /** A fault of one job's records (too large, no such topic) must not fail its neighbours: they try again alone. */
  #failed(shares: Map<Job, number>, fault: EngineError): void {
    const shared = shares.size > 1 && fault.code !== 'ERR_LOG_UNAVAILABLE';
    for (const job of shares.keys()) {
      if (shared) {
        job.alone = true;
        continue;
      }
      this.#drop(job);
      job.reject(fault);
    }
  }

  #drop(job: Job): void {
    this.#jobs = this.#jobs.filter((other) => other !== job);
  }

  #load(): Shipment {
    const shipment: Shipment = { messages: [], shares: new Map() };
    let bytes = 0;
    for (const job of this.#jobs) {
      if (job.alone && shipment.shares.size > 0) break;
      for (let at = job.sent; at < job.parts.length; at++) {
        const part = job.parts[at];
        const partBytes = part.reduce((sum, message) => sum + message.bytes, 0);
        const isFull =
          bytes + partBytes > maxShipmentBytes || shipment.messages.length + part.length > maxShipmentRecords;
        if (isFull && shipment.messages.length > 0) return shipment;
        shipment.messages.push(...part);
        shipment.shares.set(job, (shipment.shares.get(job) ?? 0) + 1);
        bytes += partBytes;
      }
      if (job.alone) break;
    }
    return shipment;
  }
}

function groupByTopic(messages: readonly SizedMessage[]): TopicMessages[] {
  const byTopic = new Map<string, GroupedMessages>();
  for (const { topic, message } of messages) {
    const group = byTopic.get(topic);
    if (group === undefined) byTopic.set(topic, GroupedMessages.of(message) as GroupedMessages);
    else group.push(message);
  }
  return [...byTopic].map(([topic, group]) => ({ topic, messages: group }));
}
