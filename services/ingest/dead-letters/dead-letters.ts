import type { Clock } from '../../core/ports/clock.ts';
import type { LetterMark } from '../../core/ports/letter-marks.ts';
import type { FoundLetter } from './found-letter.ts';
import { parseLetterId } from './letter-id.ts';
import type { LetterPlace } from './letter-id.ts';
import type { LetterOutcome } from './letter-outcome.ts';
import { settledOutcomes } from './letter-outcome.ts';
import { listLetters, summarizeLetter } from './list-letters.ts';
import type { LetterPage, LetterQuery, ListDeps, ListedLetter } from './list-letters.ts';
import { tryOpen } from './open-letter.ts';
import type { LetterKeys, OpenedLetter } from './open-letter.ts';
import type { ReplayOptions } from './replay-events.ts';
import { replayObstacle } from './replay-obstacle.ts';

/** The dead letters of an installation, as the bearer of a tenant's token may see and settle them. */
export interface DeadLetters {
  list(tenant: string, query: LetterQuery): Promise<LetterPage>;
  /** Null where there is none that the tenant may see. `content` is null unless asked for, a sentence where its key is gone. */
  show(tenant: string, id: string, withContent: boolean): Promise<ShownLetter | null>;
  /** One outcome per id, in order. */
  replay(tenant: string, ids: readonly string[], options: ReplayOptions): Promise<readonly LetterOutcome[]>;
  drop(
    tenant: string,
    ids: readonly string[],
    options: { readonly dryRun: boolean },
  ): Promise<readonly LetterOutcome[]>;
}

export interface ShownLetter {
  readonly letter: ListedLetter;
  readonly content: OpenedLetter | string | null;
}

export interface DeadLettersDeps extends ListDeps {
  readonly keys: LetterKeys;
  readonly clock: Clock;
  replayEvents(letters: readonly FoundLetter[], options: ReplayOptions): Promise<readonly LetterOutcome[]>;
  replayRecord(letter: FoundLetter, dryRun: boolean): Promise<LetterOutcome>;
}

type Settle = (open: readonly FoundLetter[]) => Promise<readonly LetterOutcome[]>;

export function createDeadLetters(deps: DeadLettersDeps): DeadLetters {
  const { marks, clock } = deps;
  const settle = createSettler(deps);
  return {
    list: (tenant, query) => listLetters(tenant, query, deps),
    show: (tenant, id, withContent) => show(deps, { tenant, id, withContent }),
    replay: (tenant, ids, options) =>
      settle(tenant, ids, async (open) => {
        const outcomes = await replayAll(deps, open, options);
        const done = new Set(outcomes.filter(({ outcome }) => settledOutcomes.has(outcome)).map(({ id }) => id));
        const settled = open.filter(({ id }) => done.has(id));
        await marks.set(settled, { status: 'replayed', at: clock.now() });
        return outcomes;
      }),
    drop: (tenant, ids, { dryRun }) =>
      settle(tenant, ids, async (open) => {
        if (!dryRun) await marks.set(open, { status: 'dropped', at: clock.now() });
        return open.map(({ id }) => ({ id, outcome: dryRun ? 'ready' : 'dropped', code: null, detail: null }));
      }),
  };
}

async function show(
  { reader, marks, keys, mayAccess, maskIds }: DeadLettersDeps,
  { tenant, id, withContent }: { readonly tenant: string; readonly id: string; readonly withContent: boolean },
): Promise<ShownLetter | null> {
  for await (const found of reader.readAt(placesOf([id]))) {
    const each = found.find(({ letter }) => mayAccess(tenant, letter.tenant));
    if (each === undefined) continue;
    const [mark] = await marks.read([each]);
    const masked = maskIds(each.letter);
    const letter = { ...summarizeLetter(each), status: mark?.status ?? 'open', mark, masked } as const;
    return { letter, content: withContent ? tryOpen(each.letter, keys) : null };
  }
  return null;
}

/** Reads letters piece by piece, says what is not to be done for which of them, and has the open ones settled. */
function createSettler({ reader, marks, mayAccess }: DeadLettersDeps) {
  return async (tenant: string, ids: readonly string[], act: Settle): Promise<LetterOutcome[]> => {
    const outcomes = new Map<string, LetterOutcome>();
    for await (const found of reader.readAt(placesOf(ids))) {
      const visible = found.filter(({ letter }) => mayAccess(tenant, letter.tenant));
      const held = await marks.read(visible);
      const open = visible.filter((_, index) => held[index] === null);
      visible.forEach(({ id }, index) => {
        const mark = held[index];
        if (mark !== null) outcomes.set(id, settledBefore(id, mark));
      });
      for (const outcome of open.length === 0 ? [] : await act(open)) outcomes.set(outcome.id, outcome);
    }
    return ids.map(
      (id) => outcomes.get(id) ?? { id, outcome: 'not-found', code: null, detail: 'there is no such letter' },
    );
  };
}

async function replayAll(
  { replayEvents, replayRecord }: DeadLettersDeps,
  letters: readonly FoundLetter[],
  options: ReplayOptions,
): Promise<LetterOutcome[]> {
  const outcomes: LetterOutcome[] = [];
  const events: FoundLetter[] = [];
  for (const each of letters) {
    const obstacle = replayObstacle(each.letter);
    if (obstacle !== null) outcomes.push({ id: each.id, outcome: 'refused', code: null, detail: obstacle });
    else if (each.letter.step.startsWith('ingest.')) events.push(each);
    else outcomes.push(await replayRecord(each, options.dryRun));
  }
  if (events.length > 0) outcomes.push(...(await replayEvents(events, options)));
  return outcomes;
}

function settledBefore(id: string, { status, at }: LetterMark): LetterOutcome {
  const detail = `it was ${status} at ${new Date(at).toISOString()}`;
  return { id, outcome: status === 'dropped' ? 'dropped-before' : 'replayed-before', code: null, detail };
}

function placesOf(ids: readonly string[]): LetterPlace[] {
  return [...new Set(ids)].flatMap((id) => parseLetterId(id) ?? []);
}
