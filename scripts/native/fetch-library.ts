import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { runProgram } from './run-program.ts';

const wheel = 'tensorflow-cpu==2.15.1';

/** Any CPython that the wheel was made for: nothing of Python itself is used. */
const target = ['--python-version', '3.11', '--platform', 'manylinux2014_x86_64', '--only-binary=:all:'];

/** Version the package's own script looks for; its mere presence says that there is nothing to fetch. */
const expectedLibrary = 'libtensorflow.so.2.9.1';

const links = [
  ['libtensorflow_cc.so.2', 'libtensorflow.so'],
  ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
] as const;

/**
 * Puts the C library and its headers where tfjs-node looks for them: out of the wheel, fetched by pip as the machine's
 * settings say.
 * @param deps the package's `deps` folder
 * @param download folder for the wheel, removed again
 */
export async function fetchLibrary(deps: string, download: string): Promise<void> {
  await mkdir(join(deps, 'lib'), { recursive: true });
  await mkdir(download, { recursive: true });
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  await runProgram('python3', [...pip, ...target, '--dest', download, wheel], `pip could not fetch ${wheel}`);
  const file = (await readdir(download)).find((name) => name.endsWith('.whl'));
  if (file === undefined) {
    throw new EngineError('ERR_NATIVE_BACKEND', `pip fetched no wheel of ${wheel}.`, { retryable: false });
  }
  const unpack = join(import.meta.dirname, 'unpack-wheel.py');
  await runProgram('python3', [unpack, join(download, file), deps], 'the wheel could not be unpacked');
  for (const [library, link] of links) await symlink(library, join(deps, 'lib', link));
  await writeFile(join(deps, 'lib', expectedLibrary), '');
  await rm(download, { recursive: true });
}
