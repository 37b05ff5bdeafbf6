import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startService } from './service-process.ts';
import type { ServiceProcess } from './service-process.ts';

const addresses = {
  KAFKA_BROKERS: '127.0.0.1:1',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  REDIS_URL: 'redis://user:s3cret@127.0.0.1:1',
};
const started: ServiceProcess[] = [];

function start(env: Record<string, string> = {}, fixture = 'small-service'): ServiceProcess {
  const service = startService(fixture, { ...addresses, ...env });
  started.push(service);
  return service;
}

async function whenReady(service: ServiceProcess): Promise<string> {
  const message = (await service.message) as { type: string; url: string };
  expect(message.type).toBe('ready');
  return message.url;
}

/** A process that has ended but was not waited for by anybody is not running any more. */
function isRunning(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((service) => service.exitCode));
});

describe('a service that runs', () => {
  it('tells its parent when it is ready and where it listens', async () => {
    const url = await whenReady(start());
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('logs its effective configuration once, without secrets', async () => {
    const service = start({ TIDEWATCH_TOPIC_PREFIX: 'twin.' });
    await whenReady(service);
    const lines = service.stdout().split('\n').filter((line) => line.includes('TIDEWATCH_TOPIC_PREFIX')); // prettier-ignore
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      config: { TIDEWATCH_TOPIC_PREFIX: 'twin.', REDIS_URL: 'redis://[redacted]@127.0.0.1:1' },
    });
    expect(service.stdout()).not.toContain('s3cret');
  });

  it('keeps to its log level', async () => {
    const service = start({ TIDEWATCH_LOG_LEVEL: 'error' });
    await whenReady(service);
    service.child.kill('SIGTERM');
    await service.exitCode;
    expect(service.stdout()).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('drains on %s and ends with 0', async (signal) => {
    const service = start();
    const url = await whenReady(service);
    service.child.kill(signal);
    expect(await service.exitCode).toBe(0);
    expect(service.stdout()).toMatch(/"draining"[^]*"ended"/);
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  });

  it('drains when its parent goes away', async () => {
    const service = start();
    await whenReady(service);
    service.child.disconnect();
    expect(await service.exitCode).toBe(0);
    expect(service.stdout()).toContain('"draining"');
  });

  it('ends also when its parent is killed and the pipes to it break', async () => {
    const parent = start({}, 'parent');
    const { url, pid } = (await parent.message) as { url: string; pid: number };
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    parent.child.kill('SIGKILL');
    await eventually(() => expect(isRunning(pid)).toBe(false));
  });

  it('ends with 1 at a second signal', async () => {
    const service = start({ SMALL_FAULT: 'slow-drain' });
    await whenReady(service);
    service.child.kill('SIGTERM');
    await eventually(() => expect(service.stdout()).toContain('"draining"'));
    service.child.kill('SIGTERM');
    expect(await service.exitCode).toBe(1);
  });

  it('ends with 1 when the drain takes longer than its limit', async () => {
    const service = start({ SMALL_FAULT: 'slow-drain', TIDEWATCH_DRAIN_TIMEOUT_MS: '50' });
    await whenReady(service);
    service.child.kill('SIGTERM');
    expect(await service.exitCode).toBe(1);
    expect(service.stdout()).toContain('the drain took longer than 50 ms');
  });

  it.each([
    ['throw', 'nobody catches this'],
    ['reject', 'nobody awaits this'],
    ['fatal', 'ERR_LOG_FATAL'],
  ])('logs a fault (%s) and ends with 1, without draining', async (SMALL_FAULT, logged) => {
    const service = start({ SMALL_FAULT });
    const url = await whenReady(service);
    await fetch(`${url}/livez`).catch(() => undefined);
    expect(await service.exitCode).toBe(1);
    expect(service.stdout()).toContain(logged);
    expect(service.stdout()).not.toContain('"draining"');
  });
});

describe('a service that cannot start', () => {
  it('ends with 78 and a text that names every problem of the configuration', async () => {
    const service = start({ KAFKA_BROKERS: '', TIDEWATCH_PARTITIONS: 'many', TIDEWATCH_HOTS: 'x' });
    expect(await service.exitCode).toBe(78);
    expect(service.stderr()).toContain('tidewatch small cannot start (ERR_CONFIG_INVALID):');
    expect(service.stderr()).toContain('KAFKA_BROKERS must be set');
    expect(service.stderr()).toContain('TIDEWATCH_PARTITIONS must be a whole number');
    expect(service.stderr()).toContain('did you mean TIDEWATCH_HOST?');
    expect(service.stderr()).not.toMatch(/^\s+at /m);
  });

  it('ends with 78 when the port it was given is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const service = start({ TIDEWATCH_SCORER_PORT: String(port) });
    expect(await service.exitCode).toBe(78);
    expect(service.stderr()).toContain(`ERR_PORT_IN_USE`);
    expect(service.stderr()).toContain(`127.0.0.1:${port} is taken by another process`);
    other.close();
  });

  it('ends with 1 and logs the cause when it meets a bug', async () => {
    const service = start({ SMALL_FAULT: 'start' });
    expect(await service.exitCode).toBe(1);
    expect(service.stdout()).toContain('a bug at the start');
  });
});
