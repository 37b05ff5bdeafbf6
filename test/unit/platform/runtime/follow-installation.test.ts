import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAndFollow } from '../../../../services/platform/runtime/follow-installation.ts';
import type { Installation } from '../../../../services/platform/runtime/installation.ts';
import { newInstallation } from '../../../../services/platform/runtime/new-installation.ts';
import { replaceFile } from '../../../../services/platform/runtime/replace-file.ts';
import { eventually } from '../../../support/eventually.ts';

let dir: string;
let path: string;
let end: () => Promise<void>;
const taken: Installation[] = [];
const faults: unknown[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-follow-'));
  path = join(dir, 'installation.json');
  await writeFile(path, JSON.stringify(newInstallation({}).file));
  taken.length = 0;
  faults.length = 0;
  const { follow } = await readAndFollow(path, 20);
  end = follow({ onChange: (each) => taken.push(each), onFault: (each) => faults.push(each) });
});
afterEach(async () => {
  await end();
  await rm(dir, { recursive: true });
});

describe('following the installation file', () => {
  it('takes each changed file once', async () => {
    await replaceFile(path, JSON.stringify(newInstallation({ tenant: 'other' }).file));
    await eventually(() => expect(taken.map(({ tenants }) => tenants[0].id)).toEqual(['other']));
    await replaceFile(path, JSON.stringify(newInstallation({ tenant: 'another' }).file));
    await eventually(() => expect(taken.map(({ tenants }) => tenants[0].id)).toEqual(['other', 'another']));
    expect(faults).toEqual([]);
  });

  it('tells of a broken file once per change', async () => {
    await replaceFile(path, '{');
    await eventually(() => expect(faults).toHaveLength(1));
    await replaceFile(path, '{{');
    await eventually(() => expect(faults).toHaveLength(2));
    await replaceFile(path, JSON.stringify(newInstallation({ tenant: 'whole' }).file));
    await eventually(() => expect(taken.map(({ tenants }) => tenants[0].id)).toEqual(['whole']));
    expect(faults).toHaveLength(2);
  });

  it('reads a changed file again until it can, although it has not changed since', async () => {
    const whole = JSON.stringify(newInstallation({ tenant: 'whole' }).file);
    const time = new Date(Date.UTC(2026, 0, 1));
    // Same file, size and time: by the look of it, nothing has changed when it becomes readable.
    const put = async (text: string): Promise<void> => {
      await writeFile(path, text);
      await utimes(path, time, time);
    };
    await put(whole.replace('{', '!'));
    await eventually(() => expect(faults.length).toBeGreaterThan(0));
    await put(whole);
    await eventually(() => expect(taken.at(-1)?.tenants[0].id).toBe('whole'));
  });
});
