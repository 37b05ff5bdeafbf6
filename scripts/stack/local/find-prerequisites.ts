import { join } from 'node:path';
import { runTool } from './run-tool.ts';
import { readJavaMajor } from './tool-version.ts';

export interface Prerequisites {
  readonly java: string;
  readonly javaMajor: number;
}

type Env = Readonly<Record<string, string | undefined>>;

const orExternal = 'or set KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL to use a running stack';

/** Java (JAVA_HOME first, as Maven does) and Maven; or the one sentence that says what is missing. */
export async function findPrerequisites(env: Env): Promise<Prerequisites | string> {
  const found = await findJava(env);
  if (typeof found === 'string') return found;
  if ((await runTool('mvn', ['--version'], env)) === null) {
    return `The local stack needs Maven, and no working "mvn" is on the PATH: install it (Debian: maven) ${orExternal}.`;
  }
  return found;
}

async function findJava(env: Env): Promise<Prerequisites | string> {
  const home = env['JAVA_HOME'];
  const candidates = home ? [join(home, 'bin', 'java'), 'java'] : ['java'];
  for (const java of candidates) {
    const output = await runTool(java, ['-version'], env);
    if (output === null) continue;
    const javaMajor = readJavaMajor(output);
    if (javaMajor !== null && javaMajor >= 17) return { java, javaMajor };
    const version = javaMajor ?? 'an unreadable version';
    return `The local stack needs Java 17 or newer, but "${java}" is ${version}: install a newer one ${orExternal}.`;
  }
  return (
    'The local stack needs Java 17 or newer, and no "java" is on the PATH: ' +
    `install it (Debian: default-jre-headless) ${orExternal}.`
  );
}
