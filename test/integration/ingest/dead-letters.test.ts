import { readFile, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { untranslated } from '../../../services/core/events/dead-letter.ts';
import type { DeadLetterRecord } from '../../../services/core/events/dead-letter.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import { createTopicReader } from '../../../services/platform/kafka/topic-reader.ts';
import type { RunningService } from '../../../services/platform/runtime/run-service.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { ingestApi } from '../../../services/ingest/ingest-operations.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import type { IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

let world: IngestInstallation;
let ingest: RunningService;
/** The same installation, where one event may be larger. */
let generous: RunningService;

beforeAll(async () => {
  world = await createIngestInstallation();
  ingest = await runIngest(world.env);
  generous = await runIngest({ ...world.env, TIDEWATCH_MAX_EVENT_BYTES: '65536' });
});

afterAll(async () => {
  for (const service of [ingest, generous]) {
    await service.drain();
    await service.stop();
  }
  await world.remove();
});

async function dlq(service: RunningService, ...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { TIDEWATCH_TOKEN: world.token };
  const code = await runCli(['dlq', ...args, '--url', service.url], { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const listed = async (...args: string[]) =>
  lines((await dlq(ingest, 'list', '--json', ...args)).stdout).map((line) => JSON.parse(line) as { id: string });

async function post(...batch: object[]): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${world.writeKey}:`).toString('base64')}`;
  const init = { method: 'POST', body: JSON.stringify({ batch }), headers: { authorization } };
  expect((await fetch(`${ingest.url}/v1/batch`, init)).status).toBe(200);
}

const event = (name: string, fields: object = {}) => ({
  type: 'track', event: 'Note Written', messageId: world.prefix + name, userId: 'u1', ...fields,
}); // prettier-ignore
const accepted = async (id: string) => (await world.events()).filter(({ eventId }) => eventId === id);

describe('tidewatch dlq', () => {
  it('brings back the one event of a real Segment batch that was too large, exactly once, after the limit is raised', async () => {
    const client = new Analytics({ writeKey: world.writeKey, host: ingest.url, flushAt: 1000 });
    for (let index = 0; index <= 40; index++) {
      const text = 'x'.repeat(index === 20 ? 40_000 : 20_000);
      client.track({ userId: 'u3', event: 'Page Noted', properties: { text } });
    }
    await client.closeAndFlush({ timeout: 20_000 });
    const ours = async () => (await world.events()).filter(({ name }) => name === 'Page Noted').length;
    expect(await ours()).toBe(40);
    const filter = ['--code', 'ERR_EVENT_TOO_LARGE'];
    expect(await listed(...filter)).toHaveLength(1);

    const early = await dlq(ingest, 'replay', ...filter);
    expect(early).toMatchObject({ code: 1, stdout: expect.stringContaining('1 rejected') as string });
    expect(await listed(...filter)).toHaveLength(1);
    const trial = await dlq(generous, 'replay', ...filter, '--dry-run');
    expect(trial).toMatchObject({ code: 0, stdout: 'Nothing was changed. 1 letters: 1 ready\n' });
    expect(await ours()).toBe(40);

    const [{ id }] = await listed(...filter);
    expect(await dlq(generous, 'replay', ...filter)).toMatchObject({ code: 0, stdout: '1 letters: 1 accepted\n' });
    expect(await ours()).toBe(41);
    expect((await dlq(generous, 'replay', ...filter)).stdout).toBe('0 letters: nothing to do\n');
    expect((await dlq(generous, 'replay', id)).stdout).toBe('1 letters: 1 replayed-before\n');
    expect(await ours()).toBe(41);
    const own = (await world.deadLetters()).filter(({ eventId }) => eventId?.startsWith('node-next') === true);
    expect(own).toHaveLength(1);
  });

  it('replays two letters of one event, sent twice, as one event, at the time when the first came', async () => {
    const large = event('twice', { properties: { text: 'x'.repeat(33_000) } });
    await post(large);
    await post(large);
    const letters = (await world.deadLetters()).filter(({ eventId }) => eventId === large.messageId);
    expect(letters).toHaveLength(2);
    const { code, stdout } = await dlq(generous, 'replay', '--event', large.messageId);
    expect([code, stdout]).toEqual([0, '2 letters: 1 accepted, 1 duplicate\n']);
    const records = await accepted(large.messageId);
    expect(records).toHaveLength(1);
    expect(letters.map(({ recordedAt }) => recordedAt)).toContain(records[0].occurredAt);
    expect(records[0].receivedAt).toBeGreaterThan(records[0].occurredAt);
  });

  it('keeps a conflict a conflict, unless it is given an id of its own', async () => {
    await post(event('same', { timestamp: '2026-05-01T10:00:00Z' }));
    await post(event('same', { userId: 'u2', timestamp: '2026-05-01T11:00:00Z' }));
    const filter = ['--event', `${world.prefix}same`];
    expect((await dlq(ingest, 'replay', ...filter)).stdout).toMatch(
      / conflict {2}ERR_EVENT_CONFLICT: .*\n1 letters: 1 conflict\n$/,
    );
    expect((await dlq(ingest, 'replay', ...filter, '--as-new-id')).stdout).toBe('1 letters: 1 accepted\n');
    const records = (await world.events()).filter(
      ({ occurredAt }) => occurredAt === Date.parse('2026-05-01T11:00:00Z'),
    );
    expect(records).toMatchObject([{ eventId: expect.stringMatching(/^replay-[0-9a-f]{32}$/) as string }]);
  });

  it('drops letters once, and replays none that was dropped', async () => {
    await post(event('drop', { timestamp: 'never' }));
    const [{ id }] = await listed('--event', `${world.prefix}drop`);
    expect((await dlq(ingest, 'drop', id, '--dry-run')).stdout).toMatch(/^Nothing was changed. 1 letters: 1 ready/);
    expect((await dlq(ingest, 'drop', id)).stdout).toBe('1 letters: 1 dropped\n');
    expect((await dlq(ingest, 'drop', id)).stdout).toBe('1 letters: 1 dropped-before\n');
    expect((await dlq(ingest, 'replay', id)).stdout).toBe('1 letters: 1 dropped-before\n');
    expect(await listed('--event', `${world.prefix}drop`)).toEqual([]);
    expect(await listed('--event', `${world.prefix}drop`, '--status', 'dropped')).toMatchObject([{ id }]);
  });

  /** The installation file as it was before keys had purposes. */
  async function withoutPurposes(): Promise<string> {
    const file = world.env['TIDEWATCH_INSTALLATION_FILE'];
    const text = await readFile(file, 'utf8');
    const older = JSON.parse(text, (name, value: unknown) =>
      name === 'purpose' || name === 'legalBasis' ? undefined : value,
    ) as unknown;
    await writeFile(`${file}.older`, JSON.stringify(older));
    return `${file}.older`;
  }

  it('finds by its id an event of a source that was off, with the reason and without its content', async () => {
    const file = `${world.env['TIDEWATCH_INSTALLATION_FILE']}.plan.yaml`;
    await writeFile(file, 'format: 1\nversion: strict\npurposes: required\n');
    const strict = await runIngest({
      ...world.env,
      TIDEWATCH_PLAN_FILE: file,
      TIDEWATCH_INSTALLATION_FILE: await withoutPurposes(),
    });
    const answer = await fetch(`${strict.url}/v1/events`, {
      method: 'POST',
      headers: { 'x-write-key': world.writeKey },
      body: JSON.stringify({ id: `${world.prefix}off`, type: 'login', userId: 'jane@example.com' }),
    });
    const told = { result: 'suppressed', code: 'ERR_SOURCE_OFF' };
    expect(await answer.json()).toMatchObject({ results: { [`${world.prefix}off`]: told } });
    const [{ id, ...letter }] = await listed('--event', `${world.prefix}off`);
    expect(letter).toMatchObject({
      code: 'ERR_SOURCE_OFF',
      source: 'web',
      detail: expect.stringMatching(/no purpose/),
    });
    const shown = (await dlq(strict, 'show', id, '--original')).stdout;
    expect(shown).toMatch(/nothing of its content was kept/);
    expect(shown).not.toMatch(/jane/);
    expect(await dlq(strict, 'replay', id)).toMatchObject({ code: 1, stdout: expect.stringMatching(/was off/) });
    expect(await accepted(`${world.prefix}off`)).toEqual([]);
    await strict.drain();
    await strict.stop();
  });

  it('shows ids that may be personal only when asked, and finds letters by what it shows', async () => {
    const id = `${world.prefix}order of jane@example.com`;
    await post({ ...event('', { timestamp: 'never' }), messageId: id });
    const [letter] = (await listed('--event', id)) as { id: string; eventId: string }[];
    expect(letter.eventId).toMatch(/^#[0-9a-f]{16}$/);
    expectDescribed(ingestApi, 'GET /v1/dead-letters', { letters: [letter], cursor: null, scanned: 1, cut: false });
    const shown = (await dlq(ingest, 'show', letter.id)).stdout;
    expectDescribed(ingestApi, 'GET /v1/dead-letters/{id}', JSON.parse(shown));
    for (const text of [(await dlq(ingest, 'list')).stdout, (await dlq(ingest, 'list', '--json')).stdout, shown]) {
      expect(text).not.toMatch(/jane/);
    }
    expect(await listed('--event', letter.eventId)).toEqual([letter]);
    expect(await listed('--event', id, '--reveal')).toEqual([{ ...letter, eventId: id }]);
    expect((await dlq(ingest, 'list', '--event', id, '--reveal')).stdout).toContain(id);
    for (const option of ['--reveal', '--original']) {
      const opened = JSON.parse((await dlq(ingest, 'show', letter.id, option)).stdout) as object;
      expect(opened).toMatchObject({ eventId: id });
      expectDescribed(ingestApi, 'GET /v1/dead-letters/{id}', opened);
    }
  });

  it('shows what was sent only when asked', async () => {
    await post(event('show', { timestamp: 'never', properties: { secret: 'jane@example.com' } }));
    const [{ id }] = await listed('--event', `${world.prefix}show`);
    expect((await dlq(ingest, 'show', id)).stdout).not.toMatch(/jane/);
    const shown = JSON.parse((await dlq(ingest, 'show', id, '--original')).stdout) as { original: string };
    expect(JSON.parse(shown.original)).toMatchObject({ properties: { secret: 'jane@example.com' } });
  });

  it('pages through more letters than one answer holds, without leaving out or repeating any', async () => {
    await post(
      ...Array.from({ length: 23 }, (_, index) => event(`page${index}`, { timestamp: 'x', userId: `p${index}` })),
    );
    const seen: string[] = [];
    const times: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = new URLSearchParams({ code: 'ERR_EVENT_TIME', limit: '5', ...(cursor === '' ? {} : { cursor }) });
      const answer = await fetch(`${ingest.url}/v1/dead-letters?${query.toString()}`, {
        headers: { authorization: `Bearer ${world.token}` },
      });
      const page = (await answer.json()) as { letters: { id: string; recordedAt: string }[]; cursor: string | null };
      expect(page.letters.length).toBeLessThanOrEqual(5);
      seen.push(...page.letters.map(({ id }) => id));
      times.push(...page.letters.map(({ recordedAt }) => recordedAt));
      cursor = page.cursor;
    }
    const all = (await world.deadLetters()).filter(({ code }) => code === 'ERR_EVENT_TIME').length;
    expect([seen.length, new Set(seen).size]).toEqual([all, all]);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('publishes the very bytes of a record that the scorer set aside, once, and refuses one it cannot read', async () => {
    await post(event('aside', { timestamp: '2026-05-03T10:00:00Z' }));
    const logger = createLogger({ name: 'test', level: 'silent' });
    const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
    const topics = topicsWithPrefix(world.prefix);
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
    const codec = await registry.codec<DeadLetterRecord>(topics.eventsDeadLetter, 'dead-letter');
    const [record] = await accepted(`${world.prefix}aside`);
    const reader = createTopicReader({ client, topic: topics.events });
    const raws = (await Promise.all([0, 1, 2].map((partition) => reader.read(partition, 0)))).flat();
    const raw = raws.findLast(({ key, value }) => key === record.surrogate && value!.includes(record.eventId))!;
    const sealer = createAesSealer('installation', world.installation.installationKey.reveal());
    const sink = createKafkaSink({ client });
    const letterOf = (value: Buffer, eventId: string) => ({
      topic: topics.eventsDeadLetter,
      key: raw.key,
      value: codec.encode({
        ...untranslated,
        ...{ tenant: 'acme', source: 'web', eventId, code: 'ERR_EVENT_INVALID', detail: 'x', step: 'scorer' },
        ...{ topic: topics.events, partition: 0, offset: 7, recordedAt: Date.now(), keyId: sealer.keyId },
        original: sealer.seal(value, 'dead-letter'),
      }),
    });
    await sink.publish([letterOf(raw.value!, 'readable'), letterOf(Buffer.from('junk'), 'unreadable')]);
    expect((await dlq(ingest, 'replay', '--event', 'readable')).stdout).toBe('1 letters: 1 published\n');
    expect((await dlq(ingest, 'replay', '--event', 'readable')).stdout).toBe('0 letters: nothing to do\n');
    const copies = await accepted(`${world.prefix}aside`);
    expect(copies).toHaveLength(2);
    expect(copies[1]).toEqual(copies[0]);
    const refused = await dlq(ingest, 'replay', '--event', 'unreadable');
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('still cannot be read') as string });
    await Promise.all([reader.stop(), sink.stop()]);
  });

  it('tells a wrong token, a wrong call and a service that is not there apart', async () => {
    const wrong = await dlq(ingest, 'list', '--token', 'not-a-token-at-all');
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_UNAUTHORIZED') as string });
    expect((await dlq(ingest, 'replay')).code).toBe(2);
    expect((await dlq(ingest, 'list', '--since', 'yesterday')).code).toBe(2);
  });
});
