import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readBackend } from '../../../../cli/read-backend.ts';
import {
  nativeBackendHome,
  type NativeBackendHome,
} from '../../../../services/platform/tensorflow/native-backend-home.ts';
import { hasNativeBackend, registerNativeBackend } from '../../../../services/platform/tensorflow/native-backend.ts';

async function aCheckout(): Promise<NativeBackendHome> {
  const root = await mkdtemp(join(tmpdir(), 'tidewatch-native-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const installed = nativeBackendHome(root);
  await mkdir(installed.home, { recursive: true });
  return installed;
}

const failureOf = (installed: NativeBackendHome): unknown => {
  try {
    registerNativeBackend(installed);
    return;
  } catch (error) {
    return error;
  }
};

describe('the native backend', () => {
  it('is asked for by either of its names', () => {
    expect(['native', 'tensorflow'].map(readBackend)).toEqual(['tensorflow', 'tensorflow']);
  });

  it('is refused with the command that installs it, until the installation is complete', async () => {
    const installed = await aCheckout();
    await writeFile(installed.entry, 'throw new Error("half installed");');
    expect(hasNativeBackend(installed)).toBe(false);
    expect(failureOf(installed)).toMatchObject({
      code: 'ERR_NATIVE_BACKEND',
      message: expect.stringMatching(
        /not installed; run "npm run native:install" once, or choose the backend wasm/,
      ) as string,
    });
  });

  it('says why it does not start, and what to do', async () => {
    const installed = await aCheckout();
    await writeFile(installed.entry, 'throw new Error("libtensorflow.so is gone");');
    await writeFile(installed.marker, '');
    expect(failureOf(installed)).toMatchObject({
      code: 'ERR_NATIVE_BACKEND',
      message: expect.stringMatching(
        /libtensorflow\.so is gone.*delete that folder and run "npm run native:install" again/,
      ) as string,
    });
  });
});
