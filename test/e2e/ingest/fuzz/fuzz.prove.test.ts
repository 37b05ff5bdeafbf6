import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIngestInstallation, type IngestInstallation } from '../../../support/ingest-installation.ts';
import { runs } from '../../../support/property-runs.ts';
import { type ServiceProcess, startService } from '../../../support/service-process.ts';
import { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import { fuzzRequest } from './fuzz-request.ts';
import { createFuzzSender, type FuzzAnswer } from './send-fuzz.ts';
import { randomBytes, weirdTexts } from './random-content.ts';

/** 5,000 in a normal run, 250,000 in `npm run prove`. */
const requests = runs(5_000);
const lanes = 8;
const samples = 40;
const mebibyte = 2 ** 20;
/** What the second half of a run may hold more than the quarter before it, as medians. */
const growthMiB = 48;

describe('a real ingest to which anything is sent', () => {
  let world: IngestInstallation;
  let ingest: ServiceProcess;
  const seed = Number(env['TEST_SEED'] ?? Date.now()) % 2 ** 31;

  beforeAll(async () => {
    world = await createIngestInstallation();
    ingest = await startService('ingest', world.env);
  });

  afterAll(() => world.remove());

  async function metrics(): Promise<string> {
    return (await fetch(`${ingest.url}/metrics`)).text();
  }

  async function residentMiB(): Promise<number> {
    const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(await metrics()) ?? [];
    return Number(bytes) / mebibyte;
  }

  it('answers every request, never with a redirect or a fault of its own, and does not grow', async () => {
    const sender = createFuzzSender(ingest.url, lanes);
    const statuses = new Map<number, number>();
    const wrong: string[] = [];
    const memory: number[] = [];
    let next = 0;

    function judge(answer: FuzzAnswer, number: number, what: string): void {
      const { status, retryAfter, code } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const isWait = status === 503 && /^[1-9]\d*$/.test(retryAfter ?? '');
      if (status === 0 || (status >= 300 && status < 400) || (status >= 500 && !isWait)) {
        wrong.push(`request ${number}: ${what} was answered ${status} ${code}`);
      }
    }

    async function lane(): Promise<void> {
      while (next < requests) {
        const number = next++;
        // A generator for each request: a failing one can be made again from its number.
        const random = new SeededRandom((seed + number * 7919) % 2 ** 31);
        if (number % Math.ceil(requests / samples) === 0) memory.push(await residentMiB());
        if (number % 50 === 7) {
          const bytes = notHttp(random);
          judge(await sender.sendBytes(bytes), number, 'bytes');
        } else {
          const request = fuzzRequest(random, world.writeKey, number);
          judge(await sender.send(request), number, `${request.method} ${request.path.slice(0, 80)}`);
        }
      }
    }

    await Promise.all(Array.from({ length: lanes }, lane));
    sender.close();
    const growth = median(memory.slice(samples / 2)) - median(memory.slice(samples / 4, samples / 2));
    const seen = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    console.log(
      `Fuzz: ${requests} requests (seed ${seed}), ${seen.join(', ')}; ` +
        `memory at most ${Math.round(Math.max(...memory))} MiB, grew by ${Math.round(growth)} MiB.`,
    );
    expect(wrong).toEqual([]);
    expect(growth).toBeLessThan(growthMiB);
    // Not all of it was nonsense, and not all of it was good.
    expect(statuses.get(200)).toBeGreaterThan(requests / 20);
    expect(statuses.get(400)).toBeGreaterThan(requests / 20);
    await expectSound();
  });

  /** It has met no defect of its own, takes good events as before, and ends well. */
  async function expectSound(): Promise<void> {
    expect(await metrics()).not.toMatch(/ingest_rejections_total\{code="ERR_INTERNAL"\}/);
    const event = { id: `${world.prefix}good`, type: 'order.placed', userId: 'u1', amount: 5, currency: 'GBP' };
    const headers = { 'x-write-key': world.writeKey };
    const answer = await fetch(`${ingest.url}/v1/events`, { method: 'POST', body: JSON.stringify(event), headers });
    expect(await answer.json()).toMatchObject({ counts: { accepted: 1 } });
    expect(await ingest.stop()).toBe(0);
    // Levels of the log above a warning.
    expect(ingest.output()).not.toMatch(/"level":(?:50|60|"error"|"fatal")/);
  }
});

/** The beginning of something like HTTP, or not even that. */
function notHttp(random: SeededRandom): Buffer {
  const way = random.below(4);
  if (way === 0) return randomBytes(random, random.between(1, 2_000));
  const line = `POST /v1/${random.pick(['batch', 'events', ''])} HTTP/1.1\r\nhost: x\r\n`;
  if (way === 1) return Buffer.from(`${line}content-length: ${random.pick(['-1', '5, 6', '1e3', 'x'])}\r\n\r\nhello`);
  if (way === 2)
    return Buffer.from(`${line}transfer-encoding: chunked\r\n\r\n${random.pick(['zz\r\n', '5\r\nab', '0\r\n'])}`);
  return Buffer.from(`${line}${random.pick(weirdTexts)}: ${random.pick(weirdTexts)}\r\n\r\n`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
