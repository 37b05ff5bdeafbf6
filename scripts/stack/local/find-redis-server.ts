import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';
import type { StackContext } from '../stack-provider.ts';
import { runTool } from './run-tool.ts';
import { isRedisRecent } from './tool-version.ts';

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', ia32: '386' };

/** The machine's own redis-server when it is 6.2 or later, else the one that Maven brought for this platform. */
export async function findRedisServer(env: StackContext['env'], folder: string): Promise<string> {
  const version = await runTool('redis-server', ['--version'], env);
  if (version !== null && isRedisRecent(version)) return 'redis-server';
  const name = pickRedisBinary(await readdir(folder), process.platform, process.arch);
  if (name === null) {
    throw new EngineError(
      'ERR_STACK_PREREQUISITE',
      `No redis-server 6.2 or later is on the PATH, and none is bundled for ${process.platform} ${process.arch}: install one.`,
      { retryable: false },
    );
  }
  const binary = join(folder, name);
  await chmod(binary, 0o755);
  return binary;
}

/** The bundled files are named `redis-server-VERSION-PLATFORM-ARCHITECTURE`. */
export function pickRedisBinary(names: readonly string[], platform: string, arch: string): string | null {
  const ending = `-${platform}-${architectures[arch] ?? arch}`;
  return names.find((name) => name.startsWith('redis-server-') && name.endsWith(ending)) ?? null;
}
