import { faultOf, type OrderEvent } from '../wire/order-event.ts';
import type { WireProtocol } from '../wire/wire-protocols.ts';

export type Intent = 'order' | 'order again' | 'other content';

export interface SentEvent {
  readonly event: OrderEvent;
  readonly intent: Intent;
}

/** One request as a client keeps it until it is answered. */
export interface SentBatch {
  readonly protocol: WireProtocol;
  readonly events: readonly SentEvent[];
}

type Counts = Record<'accepted' | 'duplicate' | 'rejected' | 'suppressed' | 'conflict', number>;
type Result = keyof Counts;

interface AnswerBody {
  readonly results?: Readonly<Record<string, { result: string; code?: string | null; details?: string }>>;
  readonly counts?: Counts;
}

/** What a tenant's clients were told, and nothing else: the books are balanced against the topics from this alone. */
export class ClientLog {
  /** Events of requests that were answered. */
  answered = 0;
  readonly counts: Counts = { accepted: 0, duplicate: 0, rejected: 0, suppressed: 0, conflict: 0 };
  /** Topic id → the order, of every id answered accepted or duplicate. */
  readonly taken = new Map<string, OrderEvent>();
  /** `topic id|code` of every event that was refused. */
  readonly refused = new Set<string>();
  /** What no client should have been told. */
  readonly surprises: string[] = [];
  readonly #acceptedIds = new Set<string>();

  /** Whether events were accepted, found again and refused. */
  get isTelling(): boolean {
    return Math.min(this.counts.accepted, this.counts.duplicate, this.counts.rejected) > 0;
  }

  /** @returns the events that the client was asked to send again */
  note(batch: SentBatch, body: AnswerBody): readonly SentEvent[] {
    const again: SentEvent[] = [];
    const before = { ...this.counts };
    for (const sent of batch.events) {
      const answer = Object.hasOwn(body.results ?? {}, sent.event.id) ? body.results?.[sent.event.id] : undefined;
      if (answer?.result === 'retry') {
        again.push(sent);
        continue;
      }
      this.answered += 1;
      if (answer === undefined) {
        this.surprises.push(`${sent.event.id} has no result`);
        continue;
      }
      const code = answer.code ?? answer.details?.split(':')[0] ?? null;
      this.#noteResult(batch.protocol, sent, { result: this.#toResult(answer.result, code, sent), code });
    }
    this.#compareCounts(body.counts, before);
    return again;
  }

  /** PostHog v1 says `ok` for accepted and duplicate: the first answer about an id is taken for the former. */
  #toResult(word: string, code: string | null, { event }: SentEvent): Result {
    if (word === 'ok') return this.#acceptedIds.has(event.id) ? 'duplicate' : 'accepted';
    if (word === 'drop') return code === 'ERR_EVENT_CONFLICT' ? 'conflict' : 'rejected';
    return word === 'warning' ? 'suppressed' : (word as Result);
  }

  #noteResult(
    protocol: WireProtocol,
    { event, intent }: SentEvent,
    told: { result: Result; code: string | null },
  ): void {
    const { result, code } = told;
    this.counts[result] += 1;
    const topicId = protocol.topicId(event.id);
    const fault = intent === 'other content' ? 'ERR_EVENT_CONFLICT' : faultOf(event);
    const isTaken = result === 'accepted' || result === 'duplicate';
    if (isTaken !== (fault === null) || (!isTaken && code !== fault)) {
      this.surprises.push(`${protocol.name}: ${intent} ${topicId} was ${result} (${code}), expected ${fault}`);
    }
    if (!isTaken) this.refused.add(`${topicId}|${code}`);
    else this.taken.set(topicId, event);
    if (result !== 'accepted') return;
    if (this.#acceptedIds.has(event.id)) this.surprises.push(`${topicId} was answered accepted twice`);
    this.#acceptedIds.add(event.id);
  }

  #compareCounts(counts: Counts | undefined, before: Counts): void {
    if (counts === undefined) return;
    for (const name of Object.keys(counts) as Result[]) {
      const told = this.counts[name] - before[name];
      if (told !== counts[name]) this.surprises.push(`an answer counts ${counts[name]} ${name} and names ${told}`);
    }
  }
}
