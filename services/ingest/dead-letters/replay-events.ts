import type { ErrorCode } from '../../core/errors.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { ClientEvent } from '../client-event.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { EventResult } from '../event-result.ts';
import type { Sender } from '../ingest-tenant.ts';
import type { IngestPipeline } from '../pipeline.ts';
import type { FoundLetter } from './found-letter.ts';
import type { LetterOutcome } from './letter-outcome.ts';
import { tryOpen } from './open-letter.ts';
import type { LetterKeys } from './open-letter.ts';
import { retranslate } from './retranslate.ts';

export interface ReplayEventsDeps {
  /** Writes no dead letters: those it is given have theirs. */
  readonly pipeline: IngestPipeline;
  readonly dialects: readonly Dialect[];
  readonly keys: LetterKeys;
  readonly digest: Digest;
}

export interface ReplayOptions {
  /** Says what would happen, and does nothing. */
  readonly dryRun: boolean;
  /** Gives events that conflict, or that came without an id, an id made of their content. */
  readonly asNewId: boolean;
}

interface ReadyEvent {
  readonly id: string;
  readonly sender: Sender;
  readonly event: ClientEvent;
  readonly original: string;
}

/** Takes the events of ingest's own letters through the very pipeline that refused them. */
export function createReplayEvents(deps: ReplayEventsDeps) {
  return async (letters: readonly FoundLetter[], options: ReplayOptions): Promise<LetterOutcome[]> => {
    const prepared = letters.map((letter) => prepare(letter, options, deps));
    const refused = prepared.filter((each) => 'outcome' in each);
    const groups = Map.groupBy(
      prepared.filter((each) => 'event' in each),
      ({ sender }) => `${sender.tenant.id}|${sender.source}|${sender.channel}`,
    );
    const send = options.dryRun ? judgeGroup : ingestGroup;
    const sent: LetterOutcome[] = [];
    for (const group of groups.values()) sent.push(...(await send(group, deps.pipeline)));
    return [...refused, ...sent];
  };
}

function prepare(found: FoundLetter, { asNewId }: ReplayOptions, deps: ReplayEventsDeps): ReadyEvent | LetterOutcome {
  const { id, letter } = found;
  const refuse = (detail: string): LetterOutcome => ({ id, outcome: 'refused', code: null, detail });
  const tenant = deps.keys.tenants.get(letter.tenant ?? '');
  const opened = tryOpen(letter, deps.keys);
  if (typeof opened === 'string') return refuse(opened);
  if (tenant === undefined) return refuse(`its tenant "${letter.tenant}" is not in the installation file`);
  const translated = retranslate(letter, opened, deps.dialects);
  if (typeof translated === 'string') return refuse(translated);
  const needsId = asNewId && (letter.code === 'ERR_EVENT_CONFLICT' || letter.eventId === null);
  const event = needsId
    ? { ...translated, clientEventId: newId(found, translated, tenant.contentKey, deps) }
    : translated;
  const sender = { tenant, source: letter.source ?? '', channel: letter.channel ?? '' };
  return { id, sender, event, original: opened.original.toString('utf8') };
}

/** Made of what the client said: letters of one and the same event, sent twice, get one and the same id. */
function newId({ letter }: FoundLetter, event: ClientEvent, key: Buffer, { digest }: ReplayEventsDeps): string {
  const said = JSON.stringify([letter.source, letter.eventId, event.content]);
  return `replay-${digest.hmacHex(key, said).slice(0, 32)}`;
}

async function ingestGroup(group: readonly ReadyEvent[], pipeline: IngestPipeline): Promise<LetterOutcome[]> {
  const answer = await pipeline.ingest(toRequest(group));
  if (answer.done) return answer.results.map((result, index) => toOutcome(group[index].id, result));
  return group.map(({ id }) => ({ id, outcome: 'try-again', code: answer.code, detail: answer.detail }));
}

function judgeGroup(group: readonly ReadyEvent[], pipeline: IngestPipeline): Promise<LetterOutcome[]> {
  const judged = pipeline.judge(toRequest(group));
  const outcomes = judged.map((outcome, index): LetterOutcome => {
    const { id } = group[index];
    if (outcome.outcome === 'dead-letter')
      return { id, outcome: 'rejected', code: outcome.code, detail: outcome.detail };
    if (outcome.outcome === 'ok') return { id, outcome: 'ready', code: null, detail: null };
    return { id, outcome: 'suppressed', code: 'ERR_SOURCE_OFF', detail: 'its source is off; give it a purpose' };
  });
  return Promise.resolve(outcomes);
}

function toRequest(group: readonly ReadyEvent[]) {
  const events = group.map(({ event }) => event);
  return { sender: group[0].sender, events, retriesEvents: true, original: (index: number) => group[index].original };
}

function toOutcome(id: string, { result, code, detail }: EventResult): LetterOutcome {
  return { id, outcome: result === 'retry' ? 'try-again' : result, code: code satisfies ErrorCode | null, detail };
}
