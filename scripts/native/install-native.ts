import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeBackendHome } from '../../services/platform/tensorflow/native-backend-home.ts';
import { withLock } from '../bootstrap/lock-directory.mjs';
import { runNpm } from '../bootstrap/run-npm.mjs';
import { assertCanInstallNative } from './assert-can-install-native.ts';
import { fetchLibrary } from './fetch-library.ts';
import { proveNative } from './prove-native.ts';

const packageName = '@tensorflow/tfjs-node';
const packageVersion = '4.22.0';

export interface NativeInstallation {
  readonly root: string;
  /** The Node that will load the binding. */
  readonly node: string;
  readonly log: (line: string) => void;
}

/**
 * Installs tfjs-node without its own install script, which would fetch a C library from a place that many networks do not
 * reach: the library comes out of the PyPI wheel of TensorFlow, and the binding is compiled against it.
 * The marker file is written last; what has none is made anew.
 * @throws EngineError naming what the machine lacks or which step failed
 */
export async function installNative(installation: NativeInstallation): Promise<void> {
  const { root, node, log } = installation;
  const { home, entry, marker } = nativeBackendHome(root);
  if (existsSync(marker)) {
    log(`The native backend is installed in ${home}; delete that folder to install it anew.`);
    return;
  }
  await assertCanInstallNative();
  await withLock(`${home}.lock`, async () => {
    if (existsSync(marker)) return;
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'package.json'), '{ "private": true }\n');
    log(`Installing ${packageName}@${packageVersion} …`);
    const quiet = ['--no-fund', '--no-audit', '--loglevel=error'];
    await runNpm(node, home, ['install', '--ignore-scripts', ...quiet, `${packageName}@${packageVersion}`]);
    const deps = join(home, 'node_modules', packageName, 'deps');
    log('Fetching the C library of TensorFlow through pip (about 210 MB, 590 MB unpacked) …');
    await fetchLibrary(deps, join(home, 'download'));
    log('Compiling the binding …');
    await runNpm(node, home, ['rebuild', packageName, '--ignore-scripts=false', ...quiet]);
    await copyFile(join(import.meta.dirname, 'entry.cjs'), entry);
    await proveNative(node, entry);
    await writeFile(marker, '');
    log(`The native backend is installed in ${home}; choose it with --backend native or TIDEWATCH_BACKEND=native.`);
  });
}
