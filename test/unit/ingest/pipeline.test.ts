import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import type { ClaimStore } from '../../../services/core/ports/claim-store.ts';
import type { ClientEvent } from '../../../services/ingest/client-event.ts';
import { createIngestPipeline } from '../../../services/ingest/pipeline.ts';
import type { IngestDeps } from '../../../services/ingest/pipeline.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryClaimStore } from '../../../services/platform/memory/memory-claim-store.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import {
  aClientEvent, aSender, createRecordingSink, createRecordingTelemetry, jsonCodec, plan, readRecord, receivedAt, sealer,
} from './ingest-fixtures.ts'; // prettier-ignore

const sender = aSender();

function createWorld(changes: Partial<IngestDeps> = {}) {
  const clock = createVirtualClock(receivedAt);
  const sink = createRecordingSink();
  const telemetry = createRecordingTelemetry();
  const claims: ClaimStore = createMemoryClaimStore(clock);
  const deps: IngestDeps = {
    codec: jsonCodec(),
    deadLetterCodec: jsonCodec(),
    sink,
    claims,
    clock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work) => work.then(() => true),
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
    partitions: 3,
    telemetry,
    ...changes,
  };
  const pipeline = createIngestPipeline(deps);
  const ingest = (...events: ClientEvent[]) =>
    pipeline.ingest({ sender, events, original: (index) => JSON.stringify(events[index].content) });
  return { clock, sink, telemetry, claims, pipeline, ingest };
}

const event = (id: unknown, changes: Partial<ClientEvent> = {}): ClientEvent =>
  aClientEvent({ clientEventId: id, content: { messageId: id }, ...changes });

let world: ReturnType<typeof createWorld>;
beforeEach(() => {
  world = createWorld();
});

const resultsOf = (answer: Awaited<ReturnType<typeof world.ingest>>) =>
  answer.done ? answer.results.map(({ key, result }) => `${key} ${result}`) : [answer.code];
const topicsOf = () => world.sink.published.map(({ topic }) => topic);

describe('the ingest pipeline', () => {
  it('keeps of the events of a source that is off that they came, and nothing of their content, however wrong', async () => {
    const off = { ...plan, forSource: (...of: [string, string]) => ({ ...plan.forSource(...of), isOff: true }) };
    world = createWorld({ plan: () => off, maxEventBytes: 100 });
    const canary = { messageId: 'x', secret: `jane@x.org ${'y'.repeat(200)}` };
    const answer = await world.ingest(event('s1'), event('s2', { content: canary }), event('s3', { time: 'never' }));
    expect(answer).toMatchObject({ results: ['s1', 's2', 's3'].map((key) => ({ key, result: 'suppressed', code: 'ERR_SOURCE_OFF' })) }); // prettier-ignore
    expect(topicsOf()).toEqual(['dlq', 'dlq', 'dlq']);
    const letters = world.sink.published.map(({ value }) => jsonCodec<DeadLetterRecord>().decodeBody(value!));
    letters.forEach(({ original, ...letter }, index) => {
      expect(letter).toMatchObject({ eventId: `s${index + 1}`, code: 'ERR_SOURCE_OFF', source: 'shop', share: null });
      expect(sealer.open(original, `acme|dead-letter|s${index + 1}`)).toHaveLength(0);
      expect(JSON.stringify(letter)).not.toMatch(/jane|u1/);
    });
  });

  it('writes a record under the surrogate of its customer, at the time of receipt', async () => {
    expect(resultsOf(await world.ingest(event('e1')))).toEqual(['e1 accepted']);
    const [written] = world.sink.published;
    expect(written).toMatchObject({ topic: 'events', key: readRecord(written).surrogate, timestamp: receivedAt });
    expect(readRecord(written)).toMatchObject({ eventId: 'e1', amountMinor: 1250, source: 'shop' });
  });

  it('accepts the good ones beside a bad one, and keeps the bad one with its reason', async () => {
    const bad = event('bad', { time: '1970-01-01T00:00:00Z', content: { messageId: 'bad', secret: 'jane@x.org' } });
    const answer = await world.ingest(event('e1'), bad, event('e2'), event(undefined));
    expect(resultsOf(answer)).toEqual(['e1 accepted', 'bad rejected', 'e2 accepted', '#3 rejected']);
    expect(topicsOf()).toEqual(['events', 'dlq', 'events', 'dlq']);
    const letter = jsonCodec<DeadLetterRecord>().decodeBody(world.sink.published[1].value!);
    expect(letter).toMatchObject({ tenant: 'acme', eventId: 'bad', code: 'ERR_EVENT_TIME', recordedAt: receivedAt });
    expect(sealer.open(letter.original, 'acme|dead-letter|bad').toString()).toBe(JSON.stringify(bad.content));
    expect(world.telemetry.counts).toMatchObject({ accepted: 2, rejected: 2 });
  });

  it('calls an event that comes again a duplicate and writes it once', async () => {
    await world.ingest(event('e1'), event('e2'));
    expect(resultsOf(await world.ingest(event('e2'), event('e3')))).toEqual(['e2 duplicate', 'e3 accepted']);
    expect(topicsOf()).toEqual(['events', 'events', 'events']);
  });

  it('calls another event under a known id a conflict and keeps it as a dead letter of its customer', async () => {
    await world.ingest(event('e1'));
    const other = event('e1', { userId: 'u2', content: { messageId: 'e1', userId: 'u2' } });
    expect(resultsOf(await world.ingest(other))).toEqual(['e1 conflict']);
    const letter = world.sink.published[1];
    expect(letter.topic).toBe('dlq');
    expect(letter.key).toMatch(/^[0-9a-f]{32}$/);
    expect(letter.key).not.toBe(world.sink.published[0].key);
    expect(jsonCodec<DeadLetterRecord>().decodeBody(letter.value!)).toMatchObject({ code: 'ERR_EVENT_CONFLICT' });
  });

  it('does not let one tenant know or block the ids of another', async () => {
    await world.ingest(event('e1'));
    const { sink, ingest } = world;
    const foreign = { tenant: { ...sender.tenant, id: 'other' }, source: 'shop', channel: 'web' };
    const pipeline = createIngestPipeline({ ...createDepsOf(world), sink });
    const answer = await pipeline.ingest({ sender: foreign, events: [event('e1')], original: () => '{}' });
    expect(resultsOf(answer)).toEqual(['e1 accepted']);
    expect(resultsOf(await ingest(event('e1')))).toEqual(['e1 duplicate']);
  });

  it('counts every event, also where one request holds an id several times', async () => {
    const again = event('e1', { content: { messageId: 'e1', changed: true } });
    const answer = await world.ingest(event('e1'), event('e1'), again);
    expect(resultsOf(answer)).toEqual(['e1 accepted', 'e1 duplicate', 'e1 conflict']);
    expect(topicsOf()).toEqual(['events', 'dlq']);
  });

  it('answers an empty request with nothing', async () => {
    expect(await world.ingest()).toEqual({ done: true, results: [] });
  });

  it('asks to send again while another request writes the same id, and gives back what it had claimed', async () => {
    const gate = Promise.withResolvers<undefined>();
    world.sink.gate = gate.promise;
    const first = world.ingest(event('e1'));
    expect(resultsOf(await world.ingest(event('e2'), event('e1')))).toEqual(['ERR_EVENT_PENDING']);
    gate.resolve(undefined);
    expect(resultsOf(await first)).toEqual(['e1 accepted']);
    expect(resultsOf(await world.ingest(event('e2'), event('e1')))).toEqual(['e2 accepted', 'e1 duplicate']);
  });

  it('lets one event wait and writes the others, where the client can send single events again', async () => {
    const claims: ClaimStore = {
      confirm: () => Promise.resolve(),
      release: () => Promise.resolve(),
      claim: (list) => Promise.resolve(list.map(({ eventId }) => (eventId === 'e1' ? 'pending' : 'claimed'))),
    };
    world = createWorld({ claims });
    const answer = await world.pipeline.ingest({
      sender,
      events: [event('e2'), event('e1')],
      retriesEvents: true,
      original: () => '{}',
    });
    expect(resultsOf(answer)).toEqual(['e2 accepted', 'e1 retry']);
    expect(topicsOf()).toEqual(['events']);
    expect(world.telemetry.counts).toMatchObject({ accepted: 1 });
    expect(world.telemetry.counts).not.toHaveProperty('retry');
  });

  it('tells the names of accepted events that the plan does not know, but never a personal one', async () => {
    const named = (id: string, name: string) => event(id, { type: null, name });
    const names: string[] = [];
    const unmapped = (_tenant: string, _source: string, list: readonly string[]): void => void names.push(...list);
    world = createWorld({ telemetry: { ...world.telemetry, unmapped } });
    await world.ingest(named('n1', 'Quiz Won'), named('n2', 'Order Completed'), named('n3', 'mail jane@x.org'));
    await world.ingest(named('n1', 'Quiz Won'), named('n4', 'Quiz Won'));
    expect(names).toEqual(['Quiz Won', 'Quiz Won']);
  });

  it('gives claims back when Kafka fails, so that the next attempt is accepted', async () => {
    world.sink.failure = new EngineError('ERR_LOG_UNAVAILABLE', 'broker-7 is away', { retryable: true });
    const answer = await world.ingest(event('e1'), event(undefined));
    expect(answer).toMatchObject({ done: false, code: 'ERR_LOG_UNAVAILABLE' });
    expect(JSON.stringify(answer)).not.toMatch(/broker-7/);
    expect(world.telemetry.counts).toEqual({});
    world.sink.failure = null;
    expect(resultsOf(await world.ingest(event('e1')))).toEqual(['e1 accepted']);
  });

  it('answers 503 when Kafka is silent, and settles the claims when it speaks after all', async () => {
    const gate = Promise.withResolvers<undefined>();
    world = createWorld({ deadline: () => Promise.resolve(false) });
    world.sink.gate = gate.promise;
    const answer = await world.ingest(event('e1'));
    expect(answer).toMatchObject({ done: false, code: 'ERR_LOG_UNAVAILABLE' });
    expect(world.telemetry.counts).toEqual({});
    gate.resolve(undefined);
    if (!answer.done) await answer.settled;
    expect(await world.claims.claim([claimOf('e1')])).toEqual(['conflict']);
    expect(topicsOf()).toEqual(['events']);
  });

  it('writes and promises nothing when Redis is away', async () => {
    const away = new EngineError('ERR_STORE_UNAVAILABLE', 'Redis is away', { retryable: true });
    world = createWorld({ claims: { ...callsOf(world.claims), claim: () => Promise.reject(away) } });
    expect(resultsOf(await world.ingest(event('e1'), event(undefined)))).toEqual(['ERR_STORE_UNAVAILABLE']);
    expect(topicsOf()).toEqual([]);
  });

  it('keeps its word when only the confirmation fails: the events are in Kafka', async () => {
    const away = new EngineError('ERR_STORE_UNAVAILABLE', 'Redis is away', { retryable: true });
    world = createWorld({ claims: { ...callsOf(world.claims), confirm: () => Promise.reject(away) } });
    expect(resultsOf(await world.ingest(event('e1')))).toEqual(['e1 accepted']);
    expect(world.telemetry.counts).toMatchObject({ claimsLeft: 1 });
  });

  it('loses nothing when it dies between claim and produce: the claim lapses and the client sends again', async () => {
    const { claims, clock } = world;
    const never = { publish: () => new Promise<void>(() => undefined), stop: () => Promise.resolve() };
    void createWorld({ claims, clock, sink: never }).ingest(event('e1'));
    expect(resultsOf(await world.ingest(event('e1')))).toEqual(['ERR_EVENT_PENDING']);
    await world.clock.advance(60_001);
    expect(resultsOf(await world.ingest(event('e1')))).toEqual(['e1 accepted']);
  });

  it('keeps an event that breaks a step, and its neighbours', async () => {
    const codec = jsonCodec<never>();
    const defect = new TypeError('cannot read properties of undefined');
    const encode = (value: { eventId: string }) => {
      if (value.eventId === 'poison') throw defect;
      return Buffer.from(JSON.stringify(value));
    };
    world = createWorld({ codec: { ...codec, encode } });
    expect(resultsOf(await world.ingest(event('e1'), event('poison')))).toEqual(['e1 accepted', 'poison rejected']);
    expect(world.telemetry.faults).toEqual([defect]);
    expect(topicsOf()).toEqual(['events', 'dlq']);
  });
});

const callsOf = (store: ClaimStore): ClaimStore => ({
  claim: (claims) => store.claim(claims),
  confirm: (claims) => store.confirm(claims),
  release: (claims) => store.release(claims),
});

const claimOf = (eventId: string) => ({ tenant: 'acme', source: 'shop', eventId, contentHash: 'another' });

function createDepsOf({ claims, clock, sink, telemetry }: ReturnType<typeof createWorld>): IngestDeps {
  return {
    codec: jsonCodec(),
    deadLetterCodec: jsonCodec(),
    sink,
    claims,
    clock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work) => work.then(() => true),
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
    partitions: 3,
    telemetry,
  };
}
