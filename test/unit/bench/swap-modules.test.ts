import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { preloading } from '../../bench/preload/preload-options.ts';
import { rootDir } from '../../support/root-dir.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a few lines as a process with a preload, from the root of the checkout. */
function run(preload: 'unsafe' | 'stages', code: string): Promise<Ended> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: rootDir, env: preloading(preload) }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const app = "await import('./services/scorer/app.ts');";

describe('a scorer without what protects it from crashes', () => {
  it('has a ring that remembers nothing, and asks for every module that is replaced', async () => {
    const ring = "const ring = await import('./services/core/features/recent-ring.ts');";
    const probe = 'const held = []; ring.pushRecent(held, 1); console.log(held.length, ring.hasRecent([1], 1));';
    expect(await run('unsafe', `${app}${ring}${probe}`)).toEqual({ code: 0, stdout: '0 false\n', stderr: '' });
  });

  it('writes whatever it is given and moves no watermark', async () => {
    const store = `
      const { createRedisStateStore } = await import('./services/platform/redis/redis-state-store.ts');
      const sent = [];
      const pipeline = () => ({
        evalsha(sha, count, ...rest) { sent.push({ keys: rest.slice(0, count), version: rest[count] }); },
        exec: () => Promise.resolve([[null, null]]),
      });
      const redis = { client: { pipeline }, connectionEpoch: () => 1 };
      const store = createRedisStateStore({ redis, keyPrefix: 'p-', namespace: 'customer' });
      const update = (tenant) => ({ key: { tenant, surrogate: '1' }, expectedVersion: 7, version: 8, bytes: Buffer.alloc(1) });
      const written = await store.compareAndSet([update('demo'), update('~partition')]);
      console.log(JSON.stringify({ sent, written }));
    `;
    const { stdout, stderr } = await run('unsafe', `${app}${store}`);
    expect(stderr).toBe('');
    const sent = [{ keys: ['p-customer:{demo:1}'], version: 8 }];
    expect(JSON.parse(stdout)).toEqual({ sent, written: [true, true] });
  });

  it('says so when it never asked for a module that was to be replaced', async () => {
    const ended = await run('unsafe', '0;');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('recent-ring.ts');
  });
});

describe('a scorer that is watched', () => {
  it('runs on the runner with a look at the clock', async () => {
    const ended = await run('stages', `${app}`);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
