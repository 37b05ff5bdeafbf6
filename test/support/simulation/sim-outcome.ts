import { isDeepStrictEqual } from 'node:util';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { StoredState } from '../../../services/core/ports/state-store.ts';
import type { SegmentChanges } from '../../../services/core/segments/segment-changes.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { deadLetterCodec, scoreCodec, segmentCodec, twinTopics } from '../scorer-twin.ts';
import { naiveEnds, type NaiveEnd } from './naive-ends.ts';
import type { SimWorld } from './sim-world.ts';

/** Everything that a world leaves behind and that no disturbance may change. */
export interface SimOutcome {
  readonly states: ReadonlyMap<string, StoredState>;
  /** Every byte sequence that was published under a score id; one, if all is well. */
  readonly scores: ReadonlyMap<string, ReadonlySet<string>>;
  /** The same of the changes of segments. */
  readonly changes: ReadonlyMap<string, ReadonlySet<string>>;
  /** What readers of the latest scores end with, by customer: they keep the highest state version. */
  readonly latest: ReadonlyMap<string, string>;
  readonly late: ReadonlySet<string>;
  /** Records set aside, by place and reason. */
  readonly deadLetters: ReadonlySet<string>;
  readonly purchases: ReadonlyMap<string, number>;
  /** What the log alone says of the customers. */
  readonly naive: ReadonlyMap<string, NaiveEnd>;
}

export async function readOutcome(world: SimWorld): Promise<SimOutcome> {
  const { surrogates } = world.history;
  const stored = await world.server.connect().load(surrogates.map((surrogate) => ({ tenant: 'demo', surrogate })));
  const states = new Map<string, StoredState>();
  const purchases = new Map<string, number>();
  surrogates.forEach((surrogate, i) => {
    const found = stored[i];
    if (found !== null) states.set(surrogate, found);
    const state = found === null ? null : decodeState(found.bytes, found.version);
    purchases.set(surrogate, state === null ? 0 : ownBlock(state).features.lifetimePurchases);
  });
  return {
    states,
    purchases,
    naive: await naiveEnds(world.history),
    scores: await readById<Score>(world, twinTopics.scores, scoreCodec, ({ scoreId }) => scoreId),
    changes: await readById<SegmentChanges>(world, twinTopics.segments, segmentCodec, ({ changeId }) => changeId),
    latest: await readLatest(world),
    late: new Set(world.log.records(twinTopics.late).map(({ value }) => value?.toString('hex') ?? '')),
    deadLetters: new Set(
      (await read<DeadLetterRecord>(world, twinTopics.deadLetters, deadLetterCodec)).map(
        ({ partition, offset, code }) => `${partition}/${offset} ${code}`,
      ),
    ),
  };
}

async function readById<T>(
  world: SimWorld,
  topic: string,
  codec: RecordCodec<T>,
  idOf: (value: T) => string,
): Promise<Map<string, Set<string>>> {
  const records = world.log.records(topic);
  const values = await read<T>(world, topic, codec);
  const byId = new Map<string, Set<string>>();
  values.forEach((value, i) => {
    const bytes = records[i].value?.toString('hex') ?? '';
    byId.set(idOf(value), (byId.get(idOf(value)) ?? new Set()).add(bytes));
  });
  return byId;
}

async function readLatest(world: SimWorld): Promise<Map<string, string>> {
  const latest = new Map<string, Score>();
  for (const score of await read<Score>(world, twinTopics.latest, scoreCodec)) {
    const before = latest.get(score.surrogate);
    if (before === undefined || before.stateVersion <= score.stateVersion) latest.set(score.surrogate, score);
  }
  return new Map([...latest].map(([surrogate, score]) => [surrogate, scoreCodec.encodeBody(score).toString('hex')]));
}

async function read<T>({ log }: SimWorld, topic: string, codec: RecordCodec<T>): Promise<T[]> {
  const decoded = await codec.decode(log.records(topic).map(({ value }) => value));
  return decoded.map((value) => {
    if (value instanceof EngineError) throw value;
    return value;
  });
}

/** Differences between what a disturbed world left behind and what the undisturbed one did, in words. */
export function compareOutcomes(world: SimWorld, found: SimOutcome, expected: SimOutcome): string[] {
  const differences: string[] = [];
  for (const surrogate of world.history.surrogates) {
    const customer = `customer ${surrogate.slice(0, 4)}`;
    if (!isDeepStrictEqual(found.states.get(surrogate), expected.states.get(surrogate)))
      differences.push(`${customer} has another state: ${describeStates(surrogate, found, expected)}`);
    differences.push(...compareWithLog(surrogate, found));
    const counted = found.purchases.get(surrogate);
    const purchases = world.history.purchases?.get(surrogate);
    if (purchases !== undefined && counted !== purchases)
      differences.push(`${customer} counts ${counted} purchases of ${purchases}`);
    const lastScore = lastScoreOf(surrogate, found);
    if (lastScore !== undefined && lastScore !== found.latest.get(surrogate))
      differences.push(`the latest score of ${customer} is not the one in its state`);
  }
  differences.push(...compareById('score', found.scores, expected.scores));
  differences.push(...compareById('change of segments', found.changes, expected.changes));
  differences.push(...compareSets('late record', found.late, expected.late));
  differences.push(...compareSets('dead letter', found.deadLetters, expected.deadLetters));
  return differences;
}

/** An undisturbed run is no judge of what the engine always does wrong. */
function compareWithLog(surrogate: string, { states, naive }: SimOutcome): string[] {
  const stored = states.get(surrogate);
  const state = stored && decodeState(stored.bytes, stored.version);
  const found = state && { version: state.version, closedDay: state.closedDay, asOf: ownBlock(state).asOf };
  const expected = naive.get(surrogate);
  if (isDeepStrictEqual(found, expected)) return [];
  return [
    `the log says of customer ${surrogate.slice(0, 4)} ${JSON.stringify(expected)}, not ${JSON.stringify(found)}`,
  ];
}

function compareById(what: string, found: SimOutcome['scores'], expected: SimOutcome['scores']): string[] {
  const differences = compareSets(what, new Set(found.keys()), new Set(expected.keys()));
  for (const [id, bytes] of found) {
    const wanted = expected.get(id);
    if (bytes.size > 1) differences.push(`${what} ${id} was published with ${bytes.size} different contents`);
    else if (wanted !== undefined && !isDeepStrictEqual(bytes, wanted))
      differences.push(`${what} ${id} has another content`);
  }
  return differences;
}

function compareSets(what: string, found: ReadonlySet<string>, expected: ReadonlySet<string>): string[] {
  const missing = [...expected].filter((each) => !found.has(each));
  const extra = [...found].filter((each) => !expected.has(each));
  return [...missing.map((each) => `missing ${what} ${each}`), ...extra.map((each) => `extra ${what} ${each}`)];
}

function lastScoreOf(surrogate: string, { states }: SimOutcome): string | undefined {
  const stored = states.get(surrogate);
  return stored && decodeState(stored.bytes, stored.version).lastScore?.body.toString('hex');
}

function describeStates(surrogate: string, found: SimOutcome, expected: SimOutcome): string {
  const describe = (stored: StoredState | undefined): string => {
    if (stored === undefined) return 'none';
    const { version, closedDay, blocks } = decodeState(stored.bytes, stored.version);
    const told = blocks.map(({ marks, asOf, ring, features }) => ({
      marks,
      asOf,
      events: ring.length,
      purchases: features.lifetimePurchases,
      spend: features.lifetimeSpendMinor,
    }));
    return JSON.stringify({ version, closedDay, blocks: told });
  };
  return `${describe(found.states.get(surrogate))} instead of ${describe(expected.states.get(surrogate))}`;
}
