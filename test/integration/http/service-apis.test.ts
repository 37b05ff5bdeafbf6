import { compileErrors, validate } from '@readme/openapi-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addApiToken, revokeApiToken } from '../../../services/platform/runtime/change-api-tokens.ts';
import { readInstallation } from '../../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../../services/platform/runtime/update-installation.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { provisionEvents } from '../../support/events-installation.ts';
import type { EventsInstallation } from '../../support/events-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { oneIngest } from '../../support/one-ingest.ts';
import { openRedis } from '../../support/open-redis.ts';
import { startService } from '../../support/service-process.ts';
import type { ServiceProcess } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

interface Served {
  readonly url: string;
  readonly installationFile: string;
  readonly token: string;
  /** A path that needs a token, and its status with one. */
  readonly asked: readonly [path: string, status: number];
}

interface Operation {
  readonly security: readonly Record<string, unknown>[];
}

const ingest = oneIngest();
const twin = testPrefix();
let alertsWorld: Awaited<ReturnType<typeof provisionAlerts>>;
let scorerWorld: EventsInstallation;
let scorerEnv: Record<string, string>;
const running: ServiceProcess[] = [];
const served: Partial<Record<'alerts' | 'scorer', Served>> = {};

beforeAll(async () => {
  alertsWorld = await provisionAlerts();
  scorerWorld = await provisionEvents({ customers: 1, events: 2, partitions: 1 });
  scorerEnv = scorerWorld.scorerEnv(twin);
  const [alerts, scorer] = await Promise.all([alertsWorld.start(), startService('scorer', scorerEnv)]);
  running.push(alerts, scorer);
  const { installationFile, token } = alertsWorld;
  served.alerts = { url: alerts.url, installationFile, token, asked: ['/v1/tasks', 200] };
  const scorerFile = scorerEnv['TIDEWATCH_INSTALLATION_FILE'];
  served.scorer = {
    url: scorer.url,
    installationFile: scorerFile,
    token: scorerWorld.token,
    asked: ['/v1/customers/x/score', 404],
  };
}, 120_000);

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await alertsWorld.remove();
  await scorerWorld.remove();
  const { redis, remove } = await openRedis(twin);
  await remove();
  await redis.close();
});

function service(name: 'ingest' | 'scorer' | 'alerts'): Served {
  if (name !== 'ingest') return served[name]!;
  const { world, url } = ingest;
  const installationFile = world.env['TIDEWATCH_INSTALLATION_FILE'];
  return { url, installationFile, token: world.token, asked: ['/v1/plan/unmapped', 200] };
}

const names = ['ingest', 'scorer', 'alerts'] as const;

describe.each(names)('the API of %s', (name) => {
  it('is described by a valid OpenAPI document, whose paths are there and keep strangers out', async () => {
    const { url } = service(name);
    const answer = await fetch(`${url}/openapi.json`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const document = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
    const result = await validate(structuredClone(document) as unknown as Parameters<typeof validate>[0]);
    expect(result.valid ? '' : compileErrors(result)).toBe('');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/livez', '/readyz', '/metrics', '/openapi.json']),
    );
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { security }] of Object.entries(operations)) {
        if (!security.some((scheme) => 'apiToken' in scheme)) continue;
        const headers = { 'content-type': 'application/json' };
        const init = method === 'post' ? { method: 'POST', body: '{}', headers } : { method: method.toUpperCase() };
        const refused = await fetch(`${url}${path.replace(/\{\w+\}/g, 'x')}`, init);
        expect([method, path, refused.status]).toEqual([method, path, 401]);
      }
    }
  });

  it('takes a new token and refuses a revoked one while it runs', async () => {
    const { url, installationFile, token, asked } = service(name);
    const [path, status] = asked;
    const statusOf = async (each: string) =>
      (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${each}` } })).status;
    expect(await statusOf(token)).toBe(status);

    const [{ id: tenant, tokens }] = (await readInstallation(installationFile)).tenants;
    const made = await updateInstallation(installationFile, (file) => addApiToken(file, tenant));
    await eventually(async () => expect(await statusOf(made.token)).toBe(status));
    await updateInstallation(installationFile, (file) => revokeApiToken(file, tokens[0].id));
    await eventually(async () => expect(await statusOf(token)).toBe(401));
    expect(await statusOf(made.token)).toBe(status);
  });
});
