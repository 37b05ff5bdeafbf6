import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { runProgram } from './run-program.ts';

export interface PackageFetch {
  readonly packages: readonly string[];
  /** Folder that receives what the packages hold. */
  readonly into: string;
  readonly log: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * Fetches packages of the system's distribution by apt, as the machine's settings say, and unpacks them into a folder:
 * nothing is installed, and no rights are needed. Where the machine has no package lists, they are fetched too, into
 * the same folder.
 * @throws EngineError ERR_STACK_PREREQUISITE with what apt said
 */
export async function fetchPackages({ packages, into, log, env }: PackageFetch): Promise<void> {
  const download = join(into, 'download');
  await mkdir(download, { recursive: true });
  let end = await runProgram('apt-get', ['download', ...packages], { cwd: download, env });
  if (end.code !== 0) {
    log('The package lists of this machine do not have them: fetching lists …');
    const ownLists = await makeOwnLists(into);
    await runProgram('apt-get', [...ownLists, 'update'], { env });
    end = await runProgram('apt-get', [...ownLists, 'download', ...packages], { cwd: download, env });
  }
  if (end.code !== 0) throw lacking(`apt could not fetch ${packages.join(' and ')}. ${advice} It said:\n${end.output}`);
  for (const file of await readdir(download)) await unpack(join(download, file), into, env);
  await rm(download, { recursive: true });
  await rm(join(into, 'apt'), { recursive: true, force: true });
}

const advice = 'Look whether this machine reaches its package mirror (apt-get update), then start again.';

/** Options that make apt keep lists and cache where we may write; sources and keys stay the machine's. */
async function makeOwnLists(into: string): Promise<string[]> {
  const lists = join(into, 'apt', 'lists');
  const archives = join(into, 'apt', 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(archives, 'archives', 'partial'), { recursive: true });
  const options = [`Dir::State::lists=${lists}`, `Dir::Cache=${archives}`, 'APT::Sandbox::User=', 'Debug::NoLocking=1'];
  return options.flatMap((option) => ['-o', option]);
}

async function unpack(file: string, into: string, env?: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await runProgram('dpkg-deb', ['-x', file, into], { env });
  if (code !== 0) throw lacking(`dpkg-deb could not unpack ${file}. It said:\n${output}`);
}

function lacking(message: string): EngineError {
  return new EngineError('ERR_STACK_PREREQUISITE', `The monitoring tools were not installed: ${message}`, {
    retryable: false,
  });
}
