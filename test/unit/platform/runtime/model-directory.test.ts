import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelDirectory } from '../../../../services/platform/runtime/model-directory.ts';

const none = { difference: 0, low: 0, high: 0 };
const record = { against: 'retention/1', measuredAt: '2025-01-01', rows: 9, auc: none, logLoss: none, forced: null };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'models-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A directory of a version with some of its files. */
async function make(version: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(root, version));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, version, name), text);
}

const whole = { 'manifest.json': '{}' };
const held = { ...whole, 'promotion.json': JSON.stringify({ ...record, promoted: false }) };

describe('modelDirectory', () => {
  it('takes the newest version by number', async () => {
    for (const version of ['9', '10', '1', 'notes', '010']) await make(version, whole);
    expect(await modelDirectory(root, undefined)).toBe(join(root, '10'));
    expect(await modelDirectory(root, undefined, '10')).toBe(join(root, '9'));
    expect(await modelDirectory(root, '1')).toBe(join(root, '1'));
  });

  it('passes over versions that are being written, or that a killed run left half written', async () => {
    await make('1', whole);
    await make('2', {});
    await make('3', { 'promotion.json': JSON.stringify({ ...record, promoted: true }) });
    await make('4', { 'model.json': '{', 'weights.bin': '', 'promotion.json': '{ "promoted": tr' });
    expect(await modelDirectory(root, undefined)).toBe(join(root, '1'));
  });

  it('does not stumble over the record of a version that is older than the one it takes', async () => {
    await make('1', { ...whole, 'promotion.json': '{ "promoted": tr' });
    await make('2', whole);
    expect(await modelDirectory(root, undefined)).toBe(join(root, '2'));
    await expect(modelDirectory(root, undefined, '2')).rejects.toMatchObject({ code: 'ERR_MODEL_MISMATCH' });
  });

  it('says why there is none: nothing there, nothing finished, or all held back', async () => {
    await expect(modelDirectory(join(root, 'none'), undefined)).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
    await make('1', {});
    await expect(modelDirectory(root, undefined)).rejects.toThrow(/holds no model version/);
    await make('2', held);
    await make('3', held);
    await expect(modelDirectory(root, undefined)).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringMatching(
        /held back \(3, 2\); let one in with "tidewatch promote --model .*3 --force/,
      ) as string,
    });
  });
});
