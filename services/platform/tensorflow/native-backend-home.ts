import { join, resolve } from 'node:path';

/** Where `npm run native:install` puts the native backend. */
export interface NativeBackendHome {
  readonly home: string;
  /** CommonJS module that starts the library and registers the backend `tensorflow`. */
  readonly entry: string;
  /** Written last: the installation is complete. */
  readonly marker: string;
}

/** @param root the checkout; default: the one this file belongs to */
export function nativeBackendHome(root = resolve(import.meta.dirname, '..', '..', '..')): NativeBackendHome {
  const home = join(root, '.tidewatch', 'native');
  return { home, entry: join(home, 'entry.cjs'), marker: join(home, 'complete') };
}
