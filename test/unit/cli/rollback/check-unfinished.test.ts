import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Checkpoint } from '../../../../cli/import/checkpoint.ts';
import { checkUnfinished } from '../../../../cli/rollback/check-unfinished.ts';

/** A process that is gone: no id is so high. */
const gone = 2 ** 30;

async function directoryWith(...checkpoints: readonly Partial<Checkpoint>[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tidewatch-imports-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const each of checkpoints) {
    const checkpoint = { tenant: 'acme', pid: gone, state: 'running', rows: 7, ...each };
    await writeFile(join(directory, `${each.importId}.json`), JSON.stringify(checkpoint));
  }
  return directory;
}

const check = (directory: string) => checkUnfinished({ importId: 'spring', tenant: 'acme', directory });

describe('a roll-back beside other imports', () => {
  it('is refused while one was begun and not ended, which the fault names', async () => {
    const directory = await directoryWith({ importId: 'summer' }, { importId: 'autumn', pid: process.ppid });
    await expect(check(directory)).rejects.toMatchObject({
      code: 'ERR_IMPORT_STATE',
      message: expect.stringMatching(
        /autumn \(process \d+ works on it\), summer \(stopped after row 7\).*--force|summer \(stopped after row 7\), autumn \(process \d+ works on it\).*--force/,
      ) as string,
    });
  });

  it('is let through by itself, by those that ended, and by those of other tenants', async () => {
    const ended = (['verified', 'failed', 'rolled-back'] as const).map((state) => ({ importId: state, state }));
    const directory = await directoryWith({ importId: 'spring' }, { importId: 'other', tenant: 'globex' }, ...ended);
    await check(directory);
    await check(join(directory, 'missing'));
  });
});
