import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { modelDirectory } from '../../../services/platform/runtime/model-directory.ts';
import { readPromotion } from '../../../services/platform/runtime/promotion-file.ts';
import { refuseHeldModel } from '../../../services/platform/runtime/refuse-held-model.ts';
import { makeSyntheticOrders, toOrdersCsv } from '../../support/synthetic-orders.ts';

let root: string;

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

const train = (version: string, epochs: string, ...more: string[]) =>
  run('train', '--orders', join(root, 'orders.csv'), '--until', '2025-04-25', '--out', join(root, 'retention', version), '--seeds', '1', '--epochs', epochs, ...more); // prettier-ignore

let first: Awaited<ReturnType<typeof run>>;
let worse: typeof first;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tidewatch-promotion-'));
  await writeFile(join(root, 'orders.csv'), toOrdersCsv(makeSyntheticOrders({ customers: 100, days: 480, seed: 3 })));
  first = await train('1', '12');
  // hardly trained, so its probabilities are nearly the same for everybody
  worse = await train('2', '1');
}, 300_000);

afterAll(() => rm(root, { recursive: true, force: true }));

/** A place of its own for a test that changes what it finds. */
async function copyTo(name: string): Promise<string> {
  await cp(join(root, 'retention'), join(root, name), { recursive: true });
  return join(root, name);
}

describe('a newly trained model', () => {
  it('may go into service as the first one', async () => {
    expect(first.code).toBe(0);
    expect(first.stdout).not.toMatch(/service/);
    expect(await readPromotion(join(root, 'retention/1'))).toBeNull();
    const { code, stdout } = await run('promote', '--model', join(root, 'retention/1'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/retention\/1 was compared with no other model; it may go into service/);
  });

  it('is held back when it is worse than the one in service, and nobody takes it', async () => {
    expect(worse.stdout).toMatch(
      /It is held back: worse than retention\/1 on the same \d+ customers at 2025-01-25 \(AUC [-+]0\.\d{4} \[/,
    );
    expect(worse.code).toBe(1);
    expect(await modelDirectory(join(root, 'retention'), undefined)).toBe(join(root, 'retention/1'));
    await expect(refuseHeldModel(join(root, 'retention/2'))).rejects.toMatchObject({ code: 'ERR_MODEL_HELD' });
    const { code, stdout } = await run('promote', '--model', join(root, 'retention/2'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/retention\/2 is held back: worse than/);
  });

  it('comes in by a decision that is recorded', async () => {
    const models = await copyTo('forced');
    const forced = await run('promote', '--model', join(models, '2'), '--force', 'shows the season to come');
    expect(forced.code).toBe(0);
    expect(forced.stdout).toMatch(/worse than retention\/1 .*forced: shows the season to come/);
    expect(await readPromotion(join(models, '2'))).toMatchObject({
      promoted: true,
      forced: 'shows the season to come',
    });
    expect(await modelDirectory(models, undefined)).toBe(join(models, '2'));
    expect((await run('promote', '--model', join(models, '2'), '--force', ' ')).code).toBe(2);
  });

  it('is compared with the model named, and let in at once where a reason is given', async () => {
    const out = join(root, 'elsewhere', '1');
    const { code, stdout } = await train('1', '1', '--against', join(root, 'retention/1'), '--force', 'a drill', '--out', out); // prettier-ignore
    expect(code).toBe(0);
    expect(stdout).toMatch(/It may go into service: worse than retention\/1 .*forced: a drill/);
    expect(await readPromotion(out)).toMatchObject({ promoted: true, forced: 'a drill' });
  });

  it('is not trained at all where what it is to be compared with is broken', async () => {
    const models = await copyTo('broken');
    await writeFile(join(models, '1/golden.json'), '{}');
    const { code, stderr } = await train('5', '1', '--against', join(models, '1'));
    expect(code).toBe(78);
    expect(stderr).toMatch(/ERR_MODEL_MISMATCH: .*golden\.json is not the file/);
    expect(stderr).not.toMatch(/probe/);
  });

  it('is not taken while its record cannot be read', async () => {
    const models = await copyTo('unread');
    await writeFile(join(models, '2/promotion.json'), '{ "promoted": tr');
    await expect(refuseHeldModel(join(models, '2'))).rejects.toThrow(/promotion\.json cannot be read.*train it again/);
    await expect(modelDirectory(models, undefined)).rejects.toThrow(/cannot be read/);
  });
});
