import type { Admin } from 'kafkajs';
import { EngineError } from '../../core/errors.ts';
import { toEngineError } from './kafka-errors.ts';

/**
 * Ids of topics as they are at the moment of the question. Questions of one turn share a request, and no answer to an
 * earlier question is given out: whoever asks after a fetch learns whether the topic is still the one they know.
 */
export class TopicIds {
  readonly #admin: Admin;
  readonly #asked = new Map<string, Promise<string | null>>();

  constructor(admin: Admin) {
    this.#admin = admin;
  }

  /** Null where the broker does not tell ids. @throws EngineError as the client's fault means for us */
  of(topic: string): Promise<string | null> {
    const shared = this.#asked.get(topic);
    if (shared !== undefined) return shared;
    const asked = Promise.resolve().then(() => {
      this.#asked.delete(topic);
      return this.#ask(topic);
    });
    this.#asked.set(topic, asked);
    return asked;
  }

  async #ask(topic: string): Promise<string | null> {
    try {
      const { topics } = await this.#admin.fetchTopicMetadata({ topics: [topic] });
      const [partition] = topics.find(({ name }) => name === topic)?.partitions ?? [];
      if (partition !== undefined) return (partition as { topicId?: string }).topicId ?? null;
    } catch (error) {
      throw toEngineError(error, `asking for the id of ${topic}`);
    }
    throw new EngineError('ERR_LOG_UNAVAILABLE', `The broker names no partition of ${topic} now.`, { retryable: true });
  }
}
