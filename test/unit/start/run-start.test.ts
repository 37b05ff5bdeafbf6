import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import { claimDirectory } from '../../../scripts/start/claim-directory.ts';
import { runStart, type StartContext } from '../../../scripts/start/run-start.ts';
import { parseStartArguments } from '../../../scripts/start/start-arguments.ts';
import type { Stack } from '../../../scripts/stack/stack.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-start-'));
});
afterEach(() => rm(folder, { recursive: true }));

function aContext(startStack: () => Promise<Stack>, overrides: Partial<StartContext> = {}): StartContext {
  const parsed = parseStartArguments(['--directory', folder]);
  if (!('run' in parsed)) throw new Error('no arguments');
  return {
    arguments: parsed.run,
    env: {},
    screen: { isTerminal: false, log: () => undefined, write: () => undefined },
    startStack,
    ...overrides,
  };
}

const noStack = (): Promise<Stack> =>
  Promise.reject(new EngineError('ERR_STACK_UNAVAILABLE', 'Kafka did not start.', { retryable: false }));

describe('a start that fails', () => {
  it('tells the fault and leaves no run.json, not even an old one', async () => {
    await writeFile(join(folder, 'run.json'), JSON.stringify({ pids: { start: 2 ** 22 + 1 } }));
    await expect(runStart(aContext(noStack))).rejects.toThrow('Kafka did not start.');
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  it('stops the stack that it had started', async () => {
    let stopped = 0;
    const stack = {
      mode: 'local',
      owned: true,
      // Not addresses at all: the very next step fails.
      kafka: 'nowhere',
      schemaRegistry: 'nowhere',
      redis: 'nowhere',
      stop: () => Promise.resolve(void (stopped += 1)),
    } as unknown as Stack;
    await expect(runStart(aContext(() => Promise.resolve(stack)))).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    });
    expect(stopped).toBe(1);
  });

  it('gives the directory free again', async () => {
    await expect(runStart(aContext(noStack))).rejects.toThrow('Kafka did not start.');
    await (
      await claimDirectory(folder)
    )();
  });

  it('keeps the installation, whose keys later runs depend on', async () => {
    await expect(runStart(aContext(noStack))).rejects.toThrow();
    expect(existsSync(join(folder, 'installation.json'))).toBe(true);
  });

  it('names a misspelt setting before anything is started', async () => {
    const started = runStart(
      aContext(() => Promise.reject(new Error('started')), { env: { TIDEWATCH_TOPIC_PREFX: 'x' } }),
    );
    await expect(started).rejects.toThrow('did you mean TIDEWATCH_TOPIC_PREFIX?');
  });

  it('names the files it looked for when there is nothing to replay', async () => {
    const context = aContext(noStack);
    const started = runStart({ ...context, arguments: { ...context.arguments, data: folder } });
    await expect(started).rejects.toMatchObject({
      code: 'ERR_DATA_FILE',
      message: expect.stringContaining('orders_*.csv.gz') as string,
    });
  });
});
