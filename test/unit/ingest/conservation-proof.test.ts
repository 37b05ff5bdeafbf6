import { describe, expect, it, onTestFinished } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import { createAdmissionDesk } from '../../../services/ingest/admission.ts';
import { createKeyring } from '../../../services/ingest/auth/keyring.ts';
import { nodeInflate } from '../../../services/ingest/body/inflate.ts';
import { dialects } from '../../../services/ingest/dialects/dialects.ts';
import { ingestLimits } from '../../../services/ingest/ingest-limits.ts';
import { createIngestPipeline } from '../../../services/ingest/pipeline.ts';
import { addIngestRoutes } from '../../../services/ingest/routes.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createHttpServer } from '../../../services/platform/http/http-server.ts';
import { createMemoryClaimStore } from '../../../services/platform/memory/memory-claim-store.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../services/platform/telemetry/metrics.ts';
import { ClientLog, type SentBatch, type SentEvent } from '../../e2e/ingest/conservation/client-log.ts';
import { type Differences, findDifferences } from '../../e2e/ingest/conservation/find-differences.ts';
import { wireProtocols } from '../../e2e/ingest/wire/wire-protocols.ts';
import { aSendingKey, testAccess } from '../../support/ingest-access.ts';
import {
  aSender, createRecordingSink, createRecordingTelemetry, jsonCodec, plan, receivedAt,
} from './ingest-fixtures.ts'; // prettier-ignore

interface Recorded {
  readonly log: ClientLog;
  readonly records: readonly CustomerRecord[];
  readonly letters: readonly DeadLetterRecord[];
}

const time = '2026-05-01T10:00:00Z';

/** Every kind of answer in every protocol: new, known, of nobody, without an amount, and other content under a known id. */
function batchesOf(protocol: (typeof wireProtocols)[number]): SentBatch[] {
  const order = (name: string, changes: Partial<SentEvent['event']> = {}, intent: SentEvent['intent'] = 'order') => {
    const event = { id: `${protocol.name}-${name}`, user: 'u1', amountMinor: 1_250, time, ...changes };
    return { event, intent };
  };
  const batches = [
    [order('a'), order('b', { user: 'u2' }), order('nobody', { user: null }), order('much', { amountMinor: null })],
    [order('a', {}, 'order again')],
    [order('b', { user: 'u2', amountMinor: 1 }, 'other content')],
  ];
  const single = batches.flat().map((sent) => [sent]);
  return (protocol.most === 1 ? single : batches).map((events) => ({ protocol, events }));
}

/** What clients were told by the routes and the pipeline of ingest, and what these wrote. */
async function recordTraffic(): Promise<Recorded> {
  const clock = createVirtualClock(receivedAt);
  const sink = createRecordingSink();
  const telemetry = createRecordingTelemetry();
  const ready = () => ({ ready: true, reasons: [], partitions: [] });
  const logger = createLogger({ name: 'test', level: 'silent' });
  const server = createHttpServer({ logger, metrics: createMetrics('ingest'), ready });
  onTestFinished(() => server.close());
  const pipeline = createIngestPipeline({
    ...{ codec: jsonCodec(), deadLetterCodec: jsonCodec(), sink, claims: createMemoryClaimStore(clock), clock },
    ...{ digest: nodeDigest, plan: () => plan, deadline: (work) => work.then(() => true), partitions: 3, telemetry },
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
  });
  addIngestRoutes(server, {
    ...{ dialects, pipeline, inflate: nodeInflate, desk: createAdmissionDesk(ingestLimits), telemetry },
    ...testAccess(createKeyring([aSendingKey('wk', aSender())])),
    eventsPerRequest: 10_000,
  });
  const log = new ClientLog();
  for (const batch of wireProtocols.flatMap(batchesOf)) {
    const { method, path: url, headers, body } = batch.protocol.request(batch.events.map(({ event }) => event), 'wk'); // prettier-ignore
    const payload = body === null || typeof body === 'string' ? (body ?? undefined) : Buffer.from(body);
    const answer = await server.inject({ method, url, headers, payload });
    expect(log.note(batch, answer.json())).toEqual([]);
  }
  const written = <T>(topic: string): T[] =>
    sink.published.filter((record) => record.topic === topic).map(({ value }) => jsonCodec<T>().decodeBody(value!));
  return { log, records: written('events'), letters: written('dlq') };
}

/** Kinds of differences that are found. */
function found(recorded: Recorded): (keyof Differences)[] {
  const differences = findDifferences(recorded.log, recorded.records, recorded.letters);
  return (Object.keys(differences) as (keyof Differences)[]).filter((kind) => differences[kind].length > 0);
}

const without = <T>(all: readonly T[], index: number): T[] => all.filter((_, at) => at !== index);
const changed = <T>(all: readonly T[], index: number, changes: Partial<T>): T[] =>
  all.map((one, at) => (at === index ? { ...one, ...changes } : one));

describe('the proof of conservation', () => {
  it('finds nothing wrong with traffic of every protocol and every answer, also when a copy is written', async () => {
    const recorded = await recordTraffic();
    const { counts, answered } = recorded.log;
    const protocols = wireProtocols.length;
    expect(counts).toEqual({
      accepted: 2 * protocols, duplicate: protocols, rejected: 2 * protocols, conflict: protocols, suppressed: 0,
    }); // prettier-ignore
    expect(answered).toBe(6 * protocols);
    expect(found(recorded)).toEqual([]);
    for (const record of recorded.records) {
      expect(found({ ...recorded, records: [...recorded.records, record] })).toEqual([]);
    }
  });

  it('finds every loss', async () => {
    const recorded = await recordTraffic();
    const { records, letters } = recorded;
    for (const index of records.keys()) {
      expect(found({ ...recorded, records: without(records, index) })).toEqual(['missing', 'miscounted']);
    }
    for (const index of letters.keys()) {
      expect(found({ ...recorded, letters: without(letters, index) })).toEqual(['unexplained']);
      const letter = { code: 'ERR_INTERNAL' } as Partial<DeadLetterRecord>;
      expect(found({ ...recorded, letters: changed(letters, index, letter) })).toEqual(['unexplained']);
    }
  });

  it('finds every double, under another id, another source or another customer', async () => {
    const recorded = await recordTraffic();
    for (const record of recorded.records) {
      const plant = (changes: Partial<CustomerRecord>) =>
        found({ ...recorded, records: [...recorded.records, { ...record, ...changes }] });
      expect(plant({ eventId: 'again' })).toEqual(['surplus', 'miscounted']);
      expect(plant({ source: 'elsewhere' })).toEqual(['miscounted']);
      expect(plant({ surrogate: 'f'.repeat(32) })).toEqual(['miscounted']);
    }
  });

  it('finds other content, and an event that is written though its sender was never told', async () => {
    const recorded = await recordTraffic();
    const { records } = recorded;
    for (const [index, record] of records.entries()) {
      const amount = { reportingAmountMinor: (record.reportingAmountMinor ?? 0) + 1 };
      expect(found({ ...recorded, records: changed(records, index, amount) })).toEqual(['miscounted']);
    }
    const [id] = recorded.log.taken.keys();
    recorded.log.taken.delete(id);
    expect(found(recorded)).toEqual(['surplus', 'miscounted']);
  });

  it('finds answers that do not add up', async () => {
    const recorded = await recordTraffic();
    recorded.log.answered += 1;
    expect(found(recorded)).toEqual(['unbalanced']);
  });

  it.each([
    ['an event without a result', { results: {} }],
    ['a second acceptance', { results: { 'plain-a': { result: 'accepted', code: null } } }],
    ['a good order refused', { results: { 'plain-a': { result: 'rejected', code: 'ERR_EVENT_AMOUNT' } } }],
    ['counts that differ from the results', {
      results: { 'plain-a': { result: 'duplicate', code: null } },
      counts: { accepted: 1, duplicate: 0, rejected: 0, suppressed: 0, conflict: 0 },
    }],
  ])('is surprised by %s', async (_what, body) => {
    const recorded = await recordTraffic();
    const plain = wireProtocols.find(({ name }) => name === 'plain')!;
    recorded.log.note(batchesOf(plain)[1], body);
    expect(found(recorded)).toContain('surprises');
  }); // prettier-ignore
});
