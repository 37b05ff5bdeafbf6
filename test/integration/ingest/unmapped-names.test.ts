import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestApi } from '../../../services/ingest/ingest-operations.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import type { IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';

let world: IngestInstallation;

beforeAll(async () => {
  world = await createIngestInstallation({ tenants: ['acme', 'other'] });
});

afterAll(() => world.remove());

async function send(url: string, id: string, type: string): Promise<void> {
  const headers = { 'x-write-key': world.writeKey };
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify({ id, type, userId: 'u1' }) }); // prettier-ignore
  expect(await answer.json()).toMatchObject({ results: { [id]: { result: 'accepted' } } });
}

interface Report {
  readonly names: readonly { readonly name: string; readonly count: number; readonly firstSeen: string }[];
}

async function report(url: string, tenant = 'acme'): Promise<Report['names']> {
  const authorization = `Bearer ${world.tokens.get(tenant)}`;
  const answer = await fetch(`${url}/v1/plan/unmapped`, { headers: { authorization } });
  const body = (await answer.json()) as Report;
  expectDescribed(ingestApi, 'GET /v1/plan/unmapped', body);
  return body.names;
}

describe('names that the plan does not know', () => {
  it('are one report of all processes, which outlives them', async () => {
    const [one, two] = [await runIngest(world.env), await runIngest(world.env)];
    await send(one.url, 'n1', 'Quiz Won');
    await send(one.url, 'n2', 'Quiz Lost');
    await send(two.url, 'n3', 'Quiz Won');
    const first = (await report(one.url)).find(({ name }) => name === 'Quiz Won');
    // A drain writes what was not asked for yet.
    for (const service of [one, two]) {
      await service.drain();
      await service.stop();
    }
    const again = await runIngest(world.env);
    await send(again.url, 'n4', 'Quiz Won');
    expect(await report(again.url)).toMatchObject([
      { source: 'web', name: 'Quiz Won', count: 3, firstSeen: first?.firstSeen },
      { source: 'web', name: 'Quiz Lost', count: 1 },
    ]);
    expect(await report(again.url, 'other')).toEqual([]);
    await again.drain();
    await again.stop();
  });
});
