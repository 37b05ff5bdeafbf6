import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../scripts/exit-code.ts';
import { chooseStack } from '../../../scripts/stack/choose-stack.ts';
import { stackProviders } from '../../../scripts/stack/stack-providers.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-path-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program on the faked path that prints one line. */
async function aTool(name: string, line: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\necho '${line}' >&2\n`);
  await chmod(join(folder, name), 0o755);
}

function choose(requested?: string) {
  const context = { root: folder, env: { PATH: folder }, data: 'kept', log: () => undefined } as const;
  return chooseStack(stackProviders, context, requested);
}

describe('the machine of a local stack', () => {
  it('is refused without Java, saying what to do', async () => {
    const fault: unknown = await choose('local').catch((error: unknown) => error);
    expect(fault).toMatchObject({
      code: 'ERR_STACK_PREREQUISITE',
      message: expect.stringMatching(/^The local stack needs Java 17 or newer, and no "java" is on the PATH: install/),
    });
    expect(exitCodeOf(fault)).toBe(78);
  });

  it('is refused with an old Java, saying which', async () => {
    await aTool('java', 'openjdk version "11.0.24" 2024-07-16');
    await expect(choose('local')).rejects.toThrow(/needs Java 17 or newer, but "java" is 11/);
  });

  it('is refused without Maven', async () => {
    await aTool('java', 'openjdk version "17.0.15" 2025-04-15');
    await expect(choose('local')).rejects.toThrow(/needs Maven, and no working "mvn" is on the PATH/);
  });

  it('is taken with both', async () => {
    await aTool('java', 'openjdk version "21.0.1" 2023-10-17');
    await aTool('mvn', 'Apache Maven 3.9.9');
    expect(await choose()).toMatchObject({ provider: { mode: 'local' }, reason: 'Java 21 and Maven are here' });
  });

  it('gives the reason of every mode when nothing was asked for and none can be served', async () => {
    await expect(choose()).rejects.toThrow(/No stack can be started here.*KAFKA_BROKERS.*Java 17.*docker.*embedded/);
  });
});
