import { expect, it, onTestFinished } from 'vitest';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';

async function startAnd(isProvisioned: boolean) {
  const world = await createIngestInstallation({ isProvisioned });
  onTestFinished(() => world.remove());
  const ingest = await runIngest({ ...world.env, TIDEWATCH_PARTITIONS: '3' });
  const messageId = `${world.prefix}first`;
  const body = JSON.stringify({ writeKey: world.writeKey, type: 'page', userId: 'u1', messageId });
  const { status } = await fetch(`${ingest.url}/v1/page`, { method: 'POST', body });
  await ingest.drain();
  await ingest.stop();
  expect(status).toBe(200);
  expect(await world.events()).toHaveLength(1);
  return (await world.controls()).map(({ kind, activation }) => [kind, activation?.stableModel ?? null]);
}

it('the first service of an installation puts the newest model in force before any event', async () => {
  const controls = await startAnd(false);
  const models = controls.filter(([kind]) => kind === 'activation-changed').map(([, model]) => model);
  expect(controls.filter(([kind]) => kind === 'epoch-started')).toHaveLength(3);
  expect(models).toHaveLength(3);
  expect(new Set(models)).toEqual(new Set([expect.stringMatching(/^retention\/\d+$/)]));
});

it('a model that is in force stays in force', async () => {
  const controls = await startAnd(true);
  expect(controls.filter(([kind]) => kind === 'activation-changed')).toEqual(
    Array.from({ length: 3 }, () => ['activation-changed', 'none/1']),
  );
});
